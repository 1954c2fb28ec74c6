/* Mends what Material's script leaves: marks without names, and a list of results that loses its place when made anew. */
"use strict";

/* Names the marks in programs that open explanations. Material makes them, some time after the page has loaded, as links
 * that have neither text nor name. The name comes from the page, in its language. */
(() => {
  const { name } = document.currentScript.dataset;
  const MARK = ".md-annotation__index";

  function call(mark) {
    mark.setAttribute("aria-label", name.replace("{}", mark.firstElementChild.dataset.mdAnnotationId));
  }

  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    for (const annotation of added.filter((node) => node.matches?.(".md-annotation"))) {
      call(annotation.querySelector(MARK));
    }
  }).observe(document.querySelector(".md-content"), { childList: true, subtree: true });
  for (const mark of document.querySelectorAll(MARK)) call(mark);
})();

/*
 * The search answers twice: once it has looked through the text of pages, and again when it has the programs as well.
 * Material makes the list of results anew with each answer. Whoever has gone to one of them by keyboard, or has opened
 * what else is on a page, finds it as it was left.
 */
(() => {
  const dialog = document.querySelector(".md-search");
  const list = dialog.querySelector(".md-search-result__list");
  let last; // what had the focus

  /** What a result is called whatever was asked, or what else there is on its page. */
  function name(element) {
    if (element.href) return new URL(element.href).pathname + new URL(element.href).hash;
    const page = element.closest("li")?.querySelector("a");
    return page && `more of ${name(page)}`;
  }

  dialog.addEventListener("focusin", ({ target }) => (last = target));
  new MutationObserver((changes) => {
    const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
    const opened = new Set(gone.flatMap((item) => [...item.querySelectorAll("[open] > summary")]).map(name));
    for (const summary of list.querySelectorAll("summary")) {
      if (opened.has(name(summary))) summary.parentElement.open = true;
    }
    if (list.hidden || !last || last.isConnected || document.activeElement !== document.body) return;
    const again = [...list.querySelectorAll("a, summary")].find((element) => name(element) === name(last));
    (again ?? dialog.querySelector("input")).focus({ preventScroll: true });
  }).observe(list, { childList: true });
})();
