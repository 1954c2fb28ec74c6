/* Names the marks in programs that open explanations. Material makes them, some time after the page has loaded, as links
 * that have neither text nor name. The name comes from the page, in its language. */
"use strict";
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
