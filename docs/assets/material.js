/* Mends what Material's script leaves: marks without names, and a list of results that loses its place when made anew.
 * Does in its place what it does at a price: choosing between light and dark. */
"use strict";

/*
 * Light or dark, as the reader chose, or else as the system says. What it is at first is decided before anything is
 * painted (overrides/partials/javascripts/palette.html). Material's script would, while the page starts, have the browser
 * look at everything on it four times anew: a third of what that script costs a phone.
 */
(() => {
  const form = document.querySelector(".live-palette");
  const options = [...form.querySelectorAll("input")];
  const header = document.querySelector(".md-header");
  let chosen = false; // here, or kept by the browser, which may keep nothing
  try {
    chosen = Boolean(__md_get("__palette"));
  } catch {}
  const colour = document.createElement("meta");
  colour.name = "theme-color";
  document.head.append(colour);

  function show(option) {
    document.body.setAttribute("data-md-color-scheme", option.value);
    option.checked = true;
    // With the next frame, when the browser looks anyway.
    requestAnimationFrame(() => (colour.content = getComputedStyle(header).backgroundColor));
  }

  form.addEventListener("change", ({ target }) => {
    show(target);
    chosen = true;
    try {
      __md_set("__palette", { index: options.indexOf(target) });
    } catch {}
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would send the form
    const next = options.find((option) => !option.checked);
    next.click();
    next.focus();
  });
  for (const option of options) {
    matchMedia(option.dataset.media).addEventListener("change", ({ matches }) => {
      if (matches && !chosen) show(option);
    });
  }
  show(options.find((option) => option.value === document.body.getAttribute("data-md-color-scheme")));
})();

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
