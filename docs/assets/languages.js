/* Leads from a page to its twins, which are the same page in other languages, and sets it and a twin side by side.
 *
 * Links to twins have the attribute data-twin. Twins have the same ids for their sections and replays. Without this
 * script the links lead to the top of the twin. */
"use strict";
(() => {
  const root = new URL("..", document.currentScript.src).pathname;
  const links = [...document.querySelectorAll(".md-select a[data-twin]")];
  const here = links.find((link) => link.hasAttribute("aria-current"))?.hreflang;
  const article = document.querySelector(".md-content__inner");
  const LINE = 130; // pixels from the window's top to where one reads
  const HEADING = "h1, h2, h3, h4, h5, h6", PROGRAM = ".live-program";

  /* Material's script would look for a sitemap below each of these addresses, which may be on another host. */
  const alternates = document.querySelectorAll("link[rel=alternate]");
  for (const link of alternates) link.rel = "";
  window.addEventListener("DOMContentLoaded", () => { // after Material's listener, which is the document's
    for (const link of alternates) link.rel = "alternate";
  });

  /* What the reader has chosen, where the browser keeps that. */

  function remember(name, value) {
    try {
      localStorage.setItem(`${root}.live.${name}`, value);
    } catch {}
  }

  function recall(name) {
    try {
      return localStorage.getItem(`${root}.live.${name}`);
    } catch {
      return null;
    }
  }

  /** The language that the reader has chosen, or the first of the browser's that the site has. */
  function preferred() {
    const known = links.map((link) => link.hreflang);
    const main = (language) => language.split("-")[0];
    const having = (asked) => (known.includes(asked) ? asked : known.find((language) => main(language) === main(asked)));
    return recall("language") ?? (navigator.languages ?? []).map(having).find(Boolean);
  }

  /* Switching. */

  const ENOUGH = 0.25; // of the window: a replay that fills less of it is not what one looks at

  /** Pixels in sight of the program that a replay is part of. */
  function inSight(replay) {
    if (!replay) return 0;
    const { top, bottom } = replay.closest(PROGRAM).getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, LINE);
  }

  /** Where the reader is, as the end of an address: at a moment of a replay, in a section, or (empty) at the top. */
  function place() {
    const largest = [...document.querySelectorAll(".live-replay[data-at]")]
      .reduce((one, other) => (inSight(one) >= inSight(other) ? one : other), null);
    if (inSight(largest) > ENOUGH * innerHeight) return `#${largest.id}?t=${largest.dataset.at}`;
    const top = (heading) => heading.getBoundingClientRect().top;
    const headings = [...article.querySelectorAll(":is(h2, h3, h4, h5, h6)[id]")];
    const rest = document.documentElement.scrollHeight - innerHeight - scrollY; // so the last sections never get there
    const led = headings.find((heading) => heading.matches(":target") && top(heading) >= 0 && top(heading) < innerHeight);
    const section = led && (top(led) <= LINE || top(led) - rest > LINE) ? led
      : headings.filter((heading) => top(heading) <= LINE).pop();
    return section ? `#${section.id}` : "";
  }

  // Before the click too: a link is also opened in a new tab, or copied.
  for (const kind of ["focusin", "pointerdown", "click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a[data-twin]");
      if (!link) return;
      link.search = shown ? "?side" : "";
      link.hash = place();
      if (kind.endsWith("click")) remember("language", link.hreflang);
    }, true);
  }

  /* The hint that there is this page in another language. */

  const hint = [...document.querySelectorAll(".live-hint")].find((bar) => bar.dataset.language === preferred());
  if (hint) {
    const close = () => {
      remember("language", here);
      hint.hidden = true;
    };
    hint.querySelector("button").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      const free = event.target === document.body || hint.contains(event.target);
      if (event.key === "Escape" && free && !hint.hidden) close(); // elsewhere Escape closes something else
    });
    hint.hidden = false;
  }

  /* Side by side. Each block of the twin is put behind the one that it translates; the page itself stays as it is. */

  const BESIDE = "data-beside"; // on a block that has its translation, or nothing, at its side
  const OWN = ".live-side, [data-own]"; // what is said of this page only
  const ADDED = ".headerlink, .md-annotation, .md-code__nav"; // mostly by Material's script
  const button = document.querySelector(".live-side button");
  const status = document.querySelector(".live-side [role=status]");
  let wanted = false, shown = false, loading, twin;

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  }

  /** The article of the twin, whose addresses and ids are right for this page. */
  async function load() {
    const others = links.filter((link) => link.dataset.twin && link.hreflang !== here);
    const link = others.find(({ hreflang }) => hreflang === preferred()) ?? others[0];
    const answer = await fetch(link.href.split(/[?#]/)[0]);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector(".md-content__inner");
    found.lang = link.hreflang;
    for (const element of found.querySelectorAll("script, .headerlink")) element.remove();
    for (const element of found.querySelectorAll("[href], [src]")) settleAddress(element, page, answer.url);
    for (const element of found.querySelectorAll(`:not(${PROGRAM} *, ${HEADING})`)) settleIds(element);
    return found;
  }

  /** Sections and programs keep their ids, which are those of this page. */
  function settleIds(element) {
    for (const name of ["id", "for", "name"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, `twin-${element.getAttribute(name)}`);
    }
  }

  function settleAddress(element, page, address) {
    const name = element.hasAttribute("href") ? "href" : "src", value = element.getAttribute(name);
    if (!value.startsWith("#")) return element.setAttribute(name, new URL(value, address));
    const target = page.getElementById(value.slice(1));
    if (target && !target.matches(HEADING) && !target.closest(PROGRAM)) {
      element.setAttribute(name, `#twin-${value.slice(1)}`);
    }
  }

  const idOf = (program) => program.querySelector("code [id]")?.id;

  /** What two blocks have in common of which one may be the translation of the other. */
  const kind = (block) => (block.matches(PROGRAM) && idOf(block)) || block.tagName + (block.classList[0] ?? "");

  /** What a block says and shows, apart from what scripts have added to it. */
  function content(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(ADDED)) texts.push(walker.currentNode.data);
    const said = texts.join("").replace(/\(\d+\)!?/g, "").replace(/\s+/g, " ").trim(); // marks of annotations
    return [said, ...[...block.querySelectorAll("img")].map((image) => image.src)].join("\n");
  }

  /** Pairs of blocks of the same kind, as many as there can be in order; and, in their places, those without one. */
  function pairs(own, others) {
    const most = [...Array(own.length + 1)].map(() => Array(others.length + 1).fill(0));
    const alike = own.map((block) => others.map((other) => kind(block) === kind(other)));
    for (let i = own.length - 1; i >= 0; i--) {
      for (let j = others.length - 1; j >= 0; j--) {
        most[i][j] = alike[i][j] ? 1 + most[i + 1][j + 1] : Math.max(most[i + 1][j], most[i][j + 1]);
      }
    }
    const found = [];
    for (let i = 0, j = 0; i < own.length || j < others.length;) {
      if (alike[i]?.[j]) found.push([own[i++], others[j++]]);
      else if (most[i + 1]?.[j] >= (most[i][j + 1] ?? 0)) found.push([own[i++]]);
      else found.push([undefined, others[j++]]);
    }
    return found;
  }

  /** Nodes of the twin for this page, without what is here already; undefined if nothing is left. */
  function adopt(nodes, tag = "div") {
    const box = make(tag, "live-twin", ...[...nodes].map((node) => document.importNode(node, true)));
    box.lang = twin.lang;
    for (const heading of box.querySelectorAll(HEADING)) heading.removeAttribute("id");
    for (const program of box.querySelectorAll(PROGRAM)) if (document.getElementById(idOf(program))) program.remove();
    const pictures = new Set([...document.images].map((image) => image.src));
    for (const image of box.querySelectorAll("img")) if (pictures.has(image.src)) image.remove();
    return box.textContent.trim() || box.querySelector("img") ? box : undefined;
  }

  /** Whether there is text between the blocks in this one. */
  const hasText = (block) => [...block.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  /** Put the twin's blocks behind those of the page; go into those that hold programs, which are here already. */
  function join(parent, own, others) {
    let last;
    for (const [mine, theirs] of pairs(own, others)) {
      last = mine ?? last;
      if (mine?.matches(PROGRAM)) {
        explanations.set(mine, theirs?.querySelectorAll(":scope > ol > li") ?? []);
        asked.observe(mine.querySelector("code"), { childList: true, subtree: true });
      } else if (mine && theirs && (mine.matches(".tabbed-labels") || mine.querySelector(PROGRAM)) && !hasText(theirs)) {
        join(mine, [...mine.children], [...theirs.children]);
      } else if (mine && theirs && content(mine) === content(theirs)) {
        continue;
      } else if (theirs && mine?.matches("summary, label, li")) {
        mine.append(adopt(theirs.childNodes, mine.matches("li") ? "div" : "span"));
      } else {
        if (parent === article) mine?.setAttribute(BESIDE, "");
        const box = theirs && adopt([theirs]);
        if (box && last) last.after(box);
        else if (box) parent.prepend(box);
        last = box ?? last;
      }
    }
  }

  /* Material's script keeps the explanation of a line elsewhere until it is asked for. */
  const explanations = new Map(); // by program, those of the twin
  const asked = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.matches?.(".md-tooltip")) explain(node);
    }
  });

  function explain(tooltip) {
    for (const block of tooltip.querySelectorAll(".live-twin")) block.remove();
    const { mdAnnotationId } = tooltip.parentElement.querySelector("[data-md-annotation-id]").dataset;
    const item = shown && explanations.get(tooltip.closest(PROGRAM))[mdAnnotationId - 1];
    if (item) tooltip.querySelector(".md-typeset").append(adopt(item.childNodes));
  }

  /** The blocks of each section, by its id; one that this page does not have is part of the one before. */
  function sections(parent) {
    let blocks = [];
    const found = new Map([["", blocks]]);
    for (const block of parent.querySelectorAll(`:scope > :not(${OWN})`)) {
      if (block.matches(HEADING) && block.id && document.getElementById(block.id)) found.set(block.id, blocks = []);
      blocks.push(block);
    }
    return found;
  }

  function insert() {
    const others = sections(twin);
    for (const [id, own] of sections(article)) join(article, own, others.get(id) ?? []);
    article.classList.add("live-both");
  }

  function remove() {
    for (const block of document.querySelectorAll(".live-twin")) block.remove();
    for (const block of article.children) block.removeAttribute(BESIDE);
    article.classList.remove("live-both");
  }

  /** Change the page, and leave where it is in the window what is being read. */
  function keepingPlace(change) {
    const seen = [...article.querySelectorAll(":scope > :not(.live-twin)")]
      .find((block) => block.getBoundingClientRect().bottom > LINE);
    const before = seen?.getBoundingClientRect().top;
    change();
    if (seen && scrollY) scrollBy({ top: seen.getBoundingClientRect().top - before, behavior: "instant" });
  }

  /** Have the address say how the page is shown: it may be passed on. */
  function tell(on) {
    const rest = location.search.replace(/([?&])side\b[^&]*&?/, "$1").replace(/[?&]$/, "");
    const search = on ? `${rest}${rest ? "&" : "?"}side` : rest;
    history.replaceState(history.state, "", location.pathname + search + location.hash);
  }

  async function show(on) {
    wanted = on;
    button.setAttribute("aria-pressed", on);
    status.textContent = "";
    try {
      if (on) twin = await (loading ??= load());
    } catch {
      loading = undefined;
      if (!wanted) return;
      wanted = false;
      button.setAttribute("aria-pressed", "false");
      status.textContent = status.dataset.failed;
      return;
    }
    if (wanted !== on) return;
    remember("side", on);
    if (shown === on) return;
    shown = on;
    document.body.classList.toggle("live-both-read", on);
    keepingPlace(on ? insert : remove);
    tell(on);
  }

  if (button) {
    button.addEventListener("click", () => show(!wanted));
    const asked = new URLSearchParams(location.search).has("side") || recall("side") === "true";
    if (asked) window.addEventListener("DOMContentLoaded", () => show(true)); // when Material's script is done
  }
})();
