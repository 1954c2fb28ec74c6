"""`make translations`: lists what is not up to date, and marks as seen what is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from live.errors import LiveError
from live.pages.glossary import GLOSSARY, terms
from live.translating import history
from live.translating.pairs import ORIGINAL, Pair, State, all_pairs, languages, pages, pairs_of
from live.translating.parity import Finding, Terms, differences, order
from live.translating.record import Digests, read, write

WHAT = {
    State.STALE: "the original has changed since it was translated",
    State.EDITED: "only the translation has changed; does the original need the same?",
    State.UNSEEN: "nobody has said yet that both say the same",
    State.MISSING: "not translated",
    State.EXTRA: "the original has no such section",
}

_NAME = re.compile(
    r"^(?:docs/)?(?:(?P<language>[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)/)?(?P<page>[^#]+\.md)(?:#(?P<id>\S+))?$"
)


def show(docs: Path) -> None:
    """Print every section that is not up to date: where, why, what changed in the original, and how to settle it."""
    for language in languages(docs):
        found = list(all_pairs(docs, language))
        for pair in found:
            if pair.state is not State.FRESH:
                print(f"{place(docs, pair)}: #{pair.id}: {WHAT[pair.state]}")
                print("".join(f"    {line}\n" for line in _changes(docs, pair)), end="")
        fresh = sum(pair.state is State.FRESH for pair in found)
        print(f"{language}: {fresh} of {len(found)} sections are up to date.")
        if fresh < len(found):
            print("When both languages say the same: make translations ACCEPT=page.md#section")


def accept(docs: Path, name: str) -> None:
    """Keep that both languages of the sections of that name say the same now.

    Args:
        docs: The folder of the pages.
        name: `locks.md#deadlock`, or `locks.md` for the whole page; `en/locks.md` if there are several languages.

    Raises:
        LiveError: There is no such section in both languages, or both do not show the same things.
    """
    found = _named(docs, name)
    missing = [pair for pair in found if not pair.now]
    if missing and (len(missing) == len(found) or "#" in name):
        raise LiveError(f"{place(docs, missing[0])}: {missing[0].name}: {WHAT[missing[0].state]}")
    if wrong := [finding for pair in found for finding in differences(pair, docs)]:
        complaints = "\n".join(f"{finding.place}: {finding.text}" for finding in wrong)
        raise LiveError(f"{complaints}\nMake both languages show the same things in the same order, then accept again.")
    for pair in found:
        if pair.now:
            _keep(docs, pair, pair.now)
            print(f"{place(docs, pair)}: #{pair.id} is kept as up to date")


def typo(docs: Path, name: str) -> None:
    """Keep that the latest change of an original section does not concern its translations.

    A translation that was not up to date before that change stays so.

    Raises:
        LiveError: There is no such section, or git knows of no change of it.
    """
    language = _match(name)["language"]
    if language not in {None, ORIGINAL}:
        raise LiveError(f"{name}: TYPO= is for the original; after mending only the translation, use ACCEPT={name}")
    found = [pair for other in languages(docs) for pair in _sections(docs, other, name) if pair.original]
    if not found:
        raise LiveError(_unknown(docs, name))
    for pair in found:
        assert pair.original
        earlier = history.before(docs / ORIGINAL / pair.page, pair.original)
        if not earlier and "#" in name:
            raise LiveError(
                f"{pair.name}: git knows of no earlier state; use ACCEPT={pair.language}/{pair.name} instead"
            )
        if earlier and pair.kept and pair.kept.original == earlier.section.digest:
            _keep(docs, pair, Digests(pair.original.digest, pair.kept.translation))
            print(f"{place(docs, pair)}: #{pair.id} is not concerned")
        elif pair.state is State.FRESH:
            print(f"{place(docs, pair)}: #{pair.id} is up to date")
        else:
            print(f"{place(docs, pair)}: #{pair.id} was not up to date before that change either, and is left as it is")


def findings(docs: Path) -> Iterator[Finding]:
    """Everything that differs between the languages, or is not up to date."""
    glossary = docs / ORIGINAL / GLOSSARY
    known = Terms(terms(glossary.read_text(encoding="utf-8")) if glossary.is_file() else [])
    for language in languages(docs):
        record = read(docs / language)
        for page in pages(docs, language):
            yield from _of_page(docs, pairs_of(docs, language, page, record), known)


def check(docs: Path) -> int:
    """Print all findings; 1 if one of them is an error."""
    found = list(findings(docs))
    for finding in found:
        print(finding)
    if any(finding.error for finding in found):
        print("Mend what differs. If it is meant to differ, it cannot be kept as up to date: see `make translations`.")
        return 1
    return 0


def place(docs: Path, pair: Pair) -> str:
    """Where the section is, or would be: `docs/en/locks.md:41`."""
    line = f":{pair.translation.line}" if pair.translation else ""
    return f"{docs.name}/{pair.language}/{pair.page}{line}"


def _of_page(docs: Path, pairs: list[Pair], known: Terms) -> Iterator[Finding]:
    if all(pair.state is State.MISSING for pair in pairs):
        yield Finding(place(docs, pairs[0]), "the page is not translated; readers get the original", error=False)
        return
    for pair in pairs:
        if pair.state is not State.FRESH:
            yield Finding(place(docs, pair), f"#{pair.id}: {WHAT[pair.state]}", error=False)
        yield from differences(pair, docs)
        yield from known.strange(pair, docs)
    yield from order(pairs, docs)


def _changes(docs: Path, pair: Pair) -> Iterator[str]:
    """The old text of the original against the new one; or of the translation, where only that has changed."""
    if not pair.kept or not pair.original or not pair.translation or pair.state not in {State.STALE, State.EDITED}:
        return
    stale = pair.state is State.STALE
    file = docs / (ORIGINAL if stale else pair.language) / pair.page
    now, digest = (pair.original, pair.kept.original) if stale else (pair.translation, pair.kept.translation)
    earlier = history.version(file, pair.id, digest)
    if not earlier:
        yield f"(git does not have the state that it was made from; now: {docs.name}/{ORIGINAL}/{pair.page}:{now.line})"
        return
    yield from difflib.unified_diff(
        earlier.section.text.splitlines(),
        now.text.splitlines(),
        f"{file.relative_to(docs.parent)} {earlier.commit}",
        f"{file.relative_to(docs.parent)}",
        f"{earlier.date}",
        "now",
        n=1,
        lineterm="",
    )


def _match(name: str) -> re.Match[str]:
    match = _NAME.match(name)
    if not match:
        raise LiveError(f"{name}: name a section as page.md#section, for example locks.md#self-deadlock")
    return match


def _sections(docs: Path, language: str, name: str) -> list[Pair]:
    match = _match(name)
    return [pair for pair in pairs_of(docs, language, match["page"]) if match["id"] in {None, pair.id}]


def _named(docs: Path, name: str) -> list[Pair]:
    """The sections of that name in the one language that they are to be accepted in."""
    wanted = _match(name)["language"]
    if wanted == ORIGINAL:
        raise LiveError(f"{name}: ACCEPT= is for a translation; for a typo in the original, use TYPO={name}")
    known = languages(docs)
    if wanted and wanted not in known:
        raise LiveError(f"{name}: there are no pages in {docs.name}/{wanted}/")
    found = {language: _sections(docs, language, name) for language in ([wanted] if wanted else known)}
    open_in = [language for language, pairs in found.items() if any(pair.state is not State.FRESH for pair in pairs)]
    if len(open_in) > 1:
        raise LiveError(
            f"{name}: say in which language, for example {open_in[0]}/{name} (also in {', '.join(open_in[1:])})"
        )
    pairs = found[open_in[0]] if open_in else next((pairs for pairs in found.values() if pairs), [])
    if not pairs:
        raise LiveError(_unknown(docs, name))
    return pairs


def _unknown(docs: Path, name: str) -> str:
    page = _match(name)["page"]
    known = [pair.id for language in languages(docs)[:1] for pair in pairs_of(docs, language, page)]
    return f"{name}: no such section. " + (f"{page} has: {', '.join(known)}" if known else f"There is no page {page}.")


def _keep(docs: Path, pair: Pair, digests: Digests) -> None:
    folder = docs / pair.language
    record = read(folder)
    present = [other.id for other in pairs_of(docs, pair.language, pair.page, record) if other.now]
    kept = {**record.get(pair.page, {}), pair.id: digests}
    # In the order of the page, without what is no longer on it.
    record[pair.page] = {id: kept[id] for id in present if id in kept}
    write(folder, record)
