/*
 * Makes the words of a query out of what a reader typed, and leaves the search to Material's own worker. That one, and
 * the index that it looks through, are loaded when something is searched for: most readers of a page never do. The
 * programs, which are found below all else, are loaded after the first answer; then the search answers once more.
 *
 * That one finds words that begin like those of the query, however little they tell: for `what is a lock`, every word
 * that begins with an a. It cuts Chinese by the words of its index, but never tries a word that ends where the query
 * ends, so that of 死锁 it looks for 死, and it gives up at the first character that no word begins with.
 *
 * Stands beside that worker, which loads what it has for a language from a folder near its own. Its own address says
 * which worker that is, where the index is, where the programs of all languages are, and where the pages of its own
 * language begin: `words.js?worker=search.js&index=../../../en/search/index.json&programs=…&root=en/`.
 */
"use strict";

(() => {
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const asked = new URLSearchParams(location.search);
  /* Material cuts each word once more. Before a character that is in no word of the index, it leaves one whole. */
  const KEEP = "〇";
  /* Between Chinese words; and what stands for it in files. */
  const EDGE = "\u200b";
  const ONE_BYTE = "\x7f";
  const EXACT = 2;
  const LONGEST = 16;
  const HAN = /(\p{sc=Han}+)/u;
  const OPERATOR = /^[+-][\p{L}\p{N}]|[:*~^]\S/u;
  const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
  const NAME = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)+$/i;
  const PLURAL = /^[a-z]{2,}[a-rt-z]s$/i;
  const ASKING = new Set(
    "between difference 什么 为什么 怎么 怎么办 怎样 如何 为何 哪个 哪些 哪里 多少 是否 能否 可以 请问 一个 这个 那个".split(" ")
  );

  let settings;
  let text;
  let known;

  function learn({ config, docs }) {
    const fields = Object.keys(config.fields);
    const all = docs.flatMap((doc) => fields.map((field) => doc[field] ?? "")).join("\n");
    const cut = all.replace(/<[^>]*>/g, "").toLowerCase();
    settings = config;
    text = cut.replaceAll(EDGE, "");
    known = new Set(cut.split(new RegExp(config.separator)));
  }

  const isKnown = (word) => known.has(word.toLowerCase());

  /* Whether a word is of any use beside others. */
  function tells(word) {
    if (HAN.test(word)) return word.length > 1 ? !ASKING.has(word) : settings.short?.includes(word);
    if (ASKING.has(word.toLowerCase())) return false;
    const filters = [lunr, ...settings.lang.map((language) => lunr[language])].map((of) => of?.stopWordFilter);
    return filters.every((filter) => !filter || filter(word.toLowerCase()));
  }

  /* The fewest words that a run of Chinese characters is made of; what is in no word stays together. */
  function cut(run) {
    const best = [{ cost: 0, words: [] }];
    for (let end = 1; end <= run.length; end++) {
      for (let start = Math.max(0, end - LONGEST); start < end; start++) {
        const word = run.slice(start, end);
        const cost = best[start].cost + (isKnown(word) ? 1 : 1 + 10 * word.length);
        if (!best[end] || cost < best[end].cost) best[end] = { cost, words: [...best[start].words, word] };
      }
    }
    return best[run.length].words;
  }

  function singular(word) {
    const forms = PLURAL.test(word) ? [word.replace(/s$/i, ""), word.replace(/es$/i, "")] : [];
    return forms.find(isKnown) ?? word;
  }

  /* The words of a piece without Chinese; those of a name such as set_start_method have to be found together. */
  function latin(piece) {
    const bare = piece.replace(AROUND, "");
    const isName = NAME.test(bare);
    const together = isName && text.includes(bare.toLowerCase());
    return (isName ? bare.split(/[._-]+/) : [bare]).map((typed) => ({ typed, word: singular(typed), together }));
  }

  function words(term) {
    if (OPERATOR.test(term)) return [{ as: kept(term) }];
    return term.split(HAN).flatMap((piece) => {
      if (!HAN.test(piece)) return latin(piece);
      return (settings.short ? cut(piece) : [piece]).map((word) => ({ typed: word, word }));
    });
  }

  const kept = (term) => term.replace(HAN, (word) => (isKnown(word) ? word + KEEP : word));

  /* Material's search takes a word for the beginning of one, but the very word is worth more. */
  function inMaterial({ as, typed, word, together }) {
    if (as) return as;
    if (!tells(word)) return `${kept(word)}^1`;
    const exact = [together ? typed : word].filter(isKnown).map((known) => `${kept(known)}^${EXACT} `);
    return exact + (together ? `+${kept(word)}*` : kept(word));
  }

  /*
   * The query in the words of Material's search, where a plus is in front of what has to be there. That is all of it if
   * it stands somewhere as it was typed, and what is in quotation marks; else the more of it, the better.
   */
  function query(typed) {
    const whole = typed.trim().toLowerCase();
    const stands = text.includes(whole);
    const found = typed.split(/"([^"]*)"/).flatMap((part, index) => {
      const some = part.split(/\s+/).flatMap(words).filter(({ as, word }) => as || word);
      return stands || index % 2 ? some.map((one) => ({ ...one, together: true })) : some;
    });
    const telling = found.filter(({ as, word }) => as || tells(word));
    return (telling.length && !stands ? telling : found).map(inMaterial).join(" ");
  }

  const say = (type, data) => dispatchEvent(new MessageEvent("message", { data: { type, data } }));

  let setup; /* what the page said in the beginning */
  let latest; /* what the reader has typed */
  let prose, programs; /* what is loaded, or about to be */
  let isWhole = false; /* whether all of it is looked through */
  let ready; /* to be called when Material's worker is */
  let unsaid; /* an answer that is held back */

  async function get(what) {
    const answer = await fetch(asked.get(what));
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return JSON.parse((await answer.text()).replaceAll(ONE_BYTE, EDGE));
  }

  /* Have Material's worker look through that, instead of what it had. */
  function lookThrough(index) {
    learn(index);
    return new Promise((resolve) => {
      ready = resolve;
      say(SETUP, { ...setup, ...index });
    });
  }

  /* Tell the page what Material's worker found; that it is nothing, only when there is nothing more to look through. */
  const own = postMessage;
  function pass(message) {
    if (message.type === READY) return ready();
    unsaid = latest && programs && !isWhole && !message.data.items.length ? message : undefined;
    if (!unsaid) own(message);
  }

  async function load() {
    const index = await get("index");
    self.postMessage = pass;
    importScripts(asked.get("worker"));
    await lookThrough(index);
    self.importScripts = () => {}; /* Material's worker has all that it would load again for the language */
    return index;
  }

  async function join({ config, docs }) {
    const all = await get("programs");
    const shown = all.docs.filter(({ roots }) => roots?.includes(asked.get("root")) ?? true);
    await lookThrough({ config, docs: [...docs, ...shown] });
    isWhole = true;
    if (latest) say(QUERY, query(latest));
  }

  async function find(typed) {
    latest = typed;
    if (!typed && !prose) return postMessage({ type: RESULT, data: { items: [] } });
    let index;
    try {
      index = await (prose ??= load());
    } catch (trouble) {
      prose = undefined; /* the network may be back with the next letter */
      throw trouble;
    }
    if (typed !== latest) return; /* the reader has typed on meanwhile */
    say(QUERY, query(typed));
    if (!typed) return;
    programs ??= join(index).catch((trouble) => {
      programs = undefined; /* as above */
      if (unsaid) own(unsaid);
      throw trouble;
    });
  }

  addEventListener("message", (event) => {
    if (!event.isTrusted) return; /* our own, on its way to Material's */
    event.stopImmediatePropagation();
    const { type, data } = event.data;
    if (type === QUERY) return find(data);
    setup = data;
    postMessage({ type: READY });
  });
})();
