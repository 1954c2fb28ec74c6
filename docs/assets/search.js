/*
 * The search answers twice: once it has looked through the text of pages, and again when it has the programs as well.
 * Material makes the list of results anew with each answer. Whoever has gone to one of them by keyboard, or has opened
 * what else is on a page, finds it as it was left.
 */
"use strict";

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
