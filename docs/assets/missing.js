/* Puts the page that stands where there is none in the language of the address.
 *
 * Many hosts know one such page for all addresses: that of the default language, where this script is the first thing in
 * the head. Where the address lies in the folder of another language, that language's page takes its place before anything
 * of this one is seen. Without this script, or if it fails, the page says the most necessary in all languages. */
"use strict";
(() => {
  const { base, languages } = document.currentScript.dataset;
  const [folder] = location.pathname.startsWith(base) ? location.pathname.slice(base.length).split("/") : [];
  const language = new Map(Object.entries(JSON.parse(languages))).get(folder);
  if (!language) return;
  const request = new XMLHttpRequest();
  try {
    // It waits for the answer: another page can be written in the place of this one only while this one is being read.
    request.open("GET", `${base}${folder}/404.html`, false);
    request.send();
  } catch {
    return;
  }
  if (request.status !== 200) return;
  const page = request.responseText;
  document.documentElement.lang = language;
  // What follows of this page ends up in the template, where nothing of it is shown, loaded or run.
  document.write(`${page.slice(0, page.lastIndexOf("</body>"))}<template>`);
})();
