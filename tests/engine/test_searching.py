"""What a search looks through: words, programs, and the index of a language."""

from __future__ import annotations

import json
import re
from typing import Any

from live.pages.glossary import terms
from live.searching.index import (
    ONE_BYTE,
    PROGRAM,
    WHOLE_PAGE,
    Document,
    Index,
    Language,
    programs,
    without_needless_edges,
)
from live.searching.page import own_search
from live.searching.programs import LIMIT, Aside, Program
from live.searching.words import EDGE, Words

GLOSSARY = """
| 术语 | English | 含义 |
|---|---|---|
| 锁 | lock | 同一时刻只有一方能拿着的东西。 |
| 死锁 | deadlock | 互相等待。 |
| 全局解释器锁 / GIL | global interpreter lock / GIL | 一把锁。 |
| 自由线程构建 | free-threaded build | 可以不用 GIL。 |
"""
TERMS = [form for term in terms(GLOSSARY) for form in term.forms]

CODE = '<span id="__span-a-b-5"><a id="__codelineno-a-b-5"></a><span class="k">import</span> x  # (1)!\n</span>'
BLOCK = (
    f'<div class="language-python highlight"><span class="filename">snippets/a/b.py</span>'
    f"<pre><span></span><code>{CODE}if 1 &lt; 2: pass</code></pre></div>"
)
RUN = "<!-- live:place a-b -->"
EXPLAINED = "<ol><li>Explained.</li></ol>"
PAGE = f'<h1 id="p">P</h1><p>Text.</p><div class="live-program">{BLOCK}{EXPLAINED}{RUN}</div><p>More.</p>'


def words(text: str, known: Words | None = None) -> list[str]:
    return [word for word in (known or Words(TERMS)).cut(text).split(EDGE) if word]


def test_terms_of_the_glossary_are_whole_words() -> None:
    assert words("没有全局解释器锁的自由线程构建") == ["没有", "全局解释器锁", "的", "自由线程构建"]
    assert "全局解释器锁" not in words("没有全局解释器锁的自由线程构建", Words([])), (
        "without the glossary it is no word"
    )


def test_a_term_that_left_the_glossary_is_no_word_any_more() -> None:
    assert words("全局解释器锁") == ["全局解释器锁"]
    assert len(words("全局解释器锁", Words([]))) > 1


def test_a_term_of_one_character_is_not_torn_out_of_words() -> None:
    assert words("死锁了就锁住") == ["死锁", "了", "就", "锁住"]
    assert Words(TERMS).short == ["锁"]


def test_cutting_twice_changes_nothing_and_leaves_markup_alone() -> None:
    known = Words(TERMS)
    once = known.cut("<p>用 <code>threading.Lock</code>，避免死锁。</p>")
    assert known.cut(once) == once
    assert once.replace(EDGE, "") == "<p>用 <code>threading.Lock</code>，避免死锁。</p>"


def test_words_inside_words_are_found_too() -> None:
    known = Words(TERMS)
    assert known.inside("全局解释器锁") >= {"解释器锁", "解释器", "锁", "全局"}
    assert known.inside("自由线程构建") >= {"自由线程", "线程构建", "线程"}
    assert known.inside(f"死锁{EDGE}操作系统") >= {"锁", "系统"}
    assert "死锁" not in known.inside("死锁")
    assert known.inside("RLock ThreadPoolExecutor isSet Lock") == {"Lock", "Thread", "Pool", "Executor", "Set"}


def test_a_program_is_taken_out_of_its_page_and_its_explanations_stay() -> None:
    aside = Aside.of(PAGE)
    assert re.sub("<!--.*?-->", "", aside.html) == (
        f'<h1 id="p">P</h1><p>Text.</p><div class="live-program">{EXPLAINED}</div><p>More.</p>'
    )
    assert list(aside.programs()) == [
        Program("__span-a-b-5", "snippets/a/b.py", "import x\nif 1 < 2: pass", "a-b"),
    ]


def test_a_page_is_put_back_as_it_was_even_if_others_changed_the_rest_of_it() -> None:
    folded = '<details class="success"><summary>One solution</summary></details>'
    page = f"{PAGE}<table><tr><td>a</td></tr></table>{BLOCK.replace('a-b', '0')}<pre>{RUN}</pre>{folded}"
    aside = Aside.of(page)
    assert aside.html != page
    assert aside.put_back(aside.html) == page
    assert aside.put_back(aside.html.replace("Text.", "Changed.")) == page.replace("Text.", "Changed.")


def test_each_row_of_a_table_is_a_paragraph_to_the_search() -> None:
    html = Aside.of("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>").html
    assert html.count("<p data-row>") == html.count("</p></tr>") == 2


def test_an_edge_is_left_out_beside_what_parts_words_anyway_and_kept_between_others() -> None:
    separator = re.compile(r"(?:[\s\u200b，<>]|\*(?=\w))+", re.ASCII)
    text = f"<p>{EDGE}死锁{EDGE}，{EDGE}线程{EDGE}的{EDGE}RLock {EDGE}锁{EDGE}*{EDGE}锁"
    assert without_needless_edges(text, separator) == f"<p>死锁，线程{EDGE}的{EDGE}RLock 锁{EDGE}*{EDGE}锁"


def test_the_names_of_columns_are_no_result() -> None:
    html = Aside.of("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>").html
    assert html.startswith("<table><thead data-search-exclude>")


def test_a_listing_that_did_not_run_is_a_program_if_it_has_a_title_and_text_if_not() -> None:
    listing = BLOCK.replace("a-b", "0").replace("snippets/a/b.py", "hosts")
    bare = re.sub("<span class=.filename.>.*?</span>", "", listing)
    assert [(found.title, found.name) for found in Aside.of(listing).programs()] == [("hosts", "0")]
    assert Aside.of(bare).html == bare


def test_a_program_that_prints_without_end_leaves_the_index_small() -> None:
    (program,) = Aside.of(PAGE).programs()
    text = str(Document.of(program, "first\n" + "x < y\n" * 100_000 + "last\n", "locks/").text)
    lines = re.findall("<code>(.*?)</code>", text)
    assert sum(len(line) for line in lines) <= 2 * LIMIT
    assert "first" in lines and lines[-1] == "last"


def test_lines_that_nobody_searches_for_are_left_out_of_a_program() -> None:
    code = '"""\nWhy.\n"""\n\nimport x\n\ndef main() -> None:\n    work()\n\n\nif __name__ == "__main__":\n    main()'
    text = str(Document.of(Program("x-1", "x.py", code, "x"), "----\n|\n中文\n", "locks/").text)
    assert re.findall("<code>(.*?)</code>", text) == ["Why.", "import x", "work()", "中文"]


def made_index(*documents: Document, root: str = "", cuts: bool = True) -> Index:
    return Index({"lang": ["en"]}, documents, Language(root, Words(TERMS), terms(GLOSSARY), cuts))


def documents(*all_of_them: Document, root: str = "") -> list[dict[str, Any]]:
    text = made_index(*all_of_them, root=root).text()
    assert EDGE not in text
    made: list[dict[str, Any]] = json.loads(text.replace(ONE_BYTE, EDGE))["docs"]
    return made


def of_programs(*indexes: Index) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(programs(indexes).replace(ONE_BYTE, EDGE))["docs"]
    return made


def test_a_section_is_found_by_the_parts_and_by_the_other_names_of_its_words_which_are_not_shown() -> None:
    (made,) = documents(Document("locks/#a", "死锁", "<p>全局解释器锁</p>"))
    assert made["title"].replace(EDGE, "") == "死锁"
    assert made["text"].replace(EDGE, "") == "<p>全局解释器锁</p>"
    assert {"锁", "deadlock"} <= set(made["title_also"].split())
    assert {"锁", "解释器锁", "GIL", "global"} <= set(made["text_also"].split())


def test_a_program_is_found_by_its_own_words_only_and_far_below_text() -> None:
    program = Program("x-1", "snippets/a/<b>.py", 'RLock()\n\nprint("GIL")', "x")
    index = made_index(Document("locks/", "Locks", ""), Document.of(program, "1 < 2", "locks/", 0.5))
    (made,) = of_programs(index)
    assert "RLock" not in index.text() and "RLock" not in index.nothing()
    assert made == {
        "location": "locks/#x-1",
        "title": "snippets/a/&lt;b&gt;.py",
        "text": "<p><code>RLock()</code></p><p><code>print(&#34;GIL&#34;)</code></p><p><code>1 &lt; 2</code></p>",
        "text_also": "Lock",
        "boost": 0.5 * PROGRAM,
    }


def test_a_program_is_written_once_for_all_languages_and_says_which_if_it_is_not_in_each() -> None:
    def index(root: str, printed: str, *names: str, cuts: bool = True) -> Index:
        shown = [Document.of(Program(f"{name}-1", name, name, name), printed, f"{root}a/") for name in names]
        return made_index(*shown, root=root, cuts=cuts)

    both = of_programs(index("", "死锁", "a", "b"), index("en/", "死锁", "a", "b"))
    assert [(program["location"], program.get("roots")) for program in both] == [("a/#a-1", None), ("a/#b-1", None)]
    one = of_programs(index("", "死锁", "b"), index("en/", "死锁", "a", "b"))
    assert [(program["location"], program.get("roots")) for program in one] == [("a/#a-1", ["en/"]), ("a/#b-1", None)]
    cut = of_programs(index("", "死锁", "a"), index("ja/", "死锁", "a", cuts=False))
    assert [(EDGE in program["text"], program["roots"]) for program in cut] == [(True, [""]), (False, ["ja/"])]


def test_addresses_begin_at_the_root_of_their_language() -> None:
    made = documents(Document("en/", "Home", ""), Document("en/a/#b", "B", ""), root="en/")
    assert [document["location"] for document in made] == ["", "a/#b"]
    assert [document.get("boost") for document in made] == [WHOLE_PAGE, None]


def test_a_language_whose_search_finds_its_words_by_itself_is_left_uncut() -> None:
    made = json.loads(made_index(Document("ja/", f"排他{EDGE}制御", ""), root="ja/", cuts=False).text())
    assert made["docs"][0]["title"] == "排他制御"
    assert "short" not in made["config"]


def test_the_script_of_a_page_is_told_where_its_language_begins() -> None:
    page = '<script id="__config" type="application/json">{"base": "%s", "search": "%s", "t": "<\\/script>"}</script>'
    for base, root, expected in [
        ("..", "", ".."),
        ("../..", "en/", "../../en/"),
        (".", "ja/", "./ja/"),
        ("/", "en/", "/en/"),
    ]:
        made = str(own_search(page % (base, "../w/search.1.min.js"), root))
        config = json.loads(re.findall(">(.*)</script>", made)[0])
        assert config == {
            "base": expected,
            "search": "../w/words.js?worker=search.1.min.js"
            f"&index=../../../{root}search/index.json&programs=../../../search/programs.json&root={root}",
            "t": "</script>",
        }
        assert made.count("</script>") == 1
