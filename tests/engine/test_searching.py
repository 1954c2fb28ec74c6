"""What a search looks through: words, programs, and the index of a language."""

from __future__ import annotations

import json
import re
from typing import Any

from live.pages.glossary import terms
from live.searching.index import PROGRAM, WHOLE_PAGE, Document, Language, index
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
    page = f"{PAGE}<table><tr><td>a</td></tr></table>{BLOCK.replace('a-b', '0')}<pre>{RUN}</pre>"
    aside = Aside.of(page)
    assert aside.html != page
    assert aside.put_back(aside.html) == page
    assert aside.put_back(aside.html.replace("Text.", "Changed.")) == page.replace("Text.", "Changed.")


def test_each_row_of_a_table_is_a_paragraph_to_the_search() -> None:
    html = Aside.of("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>").html
    assert html.count("<p data-row>") == html.count("</p></tr>") == 2


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


def documents(*all_of_them: Document, root: str = "", cuts: bool = True) -> list[dict[str, Any]]:
    language = Language(root, Words(TERMS), terms(GLOSSARY), cuts)
    made: list[dict[str, Any]] = json.loads(index({"lang": ["en"]}, all_of_them, language))["docs"]
    return made


def test_a_section_is_found_by_the_parts_and_by_the_other_names_of_its_words_which_are_not_shown() -> None:
    (made,) = documents(Document("locks/#a", "死锁", "<p>全局解释器锁</p>"))
    assert made["title"].replace(EDGE, "") == "死锁"
    assert made["text"].replace(EDGE, "") == "<p>全局解释器锁</p>"
    assert {"锁", "deadlock"} <= set(made["title_also"].split())
    assert {"锁", "解释器锁", "GIL", "global"} <= set(made["text_also"].split())


def test_a_program_is_found_by_its_own_words_only_and_far_below_text() -> None:
    program = Program("x-1", "snippets/a/<b>.py", 'RLock()\n\nprint("GIL")', "x")
    (made,) = documents(Document.of(program, "1 < 2", "locks/", 0.5))
    assert made == {
        "location": "locks/#x-1",
        "title": "snippets/a/&lt;b&gt;.py",
        "text": "<p><code>RLock()</code></p><p><code>print(&#34;GIL&#34;)</code></p><p><code>1 &lt; 2</code></p>",
        "text_also": "Lock",
        "boost": 0.5 * PROGRAM,
    }


def test_addresses_begin_at_the_root_of_their_language() -> None:
    made = documents(Document("en/", "Home", ""), Document("en/a/#b", "B", ""), root="en/")
    assert [document["location"] for document in made] == ["", "a/#b"]
    assert [document.get("boost") for document in made] == [WHOLE_PAGE, None]


def test_a_language_whose_search_finds_its_words_by_itself_is_left_uncut() -> None:
    language = Language("ja/", Words(TERMS), [], cuts=False)
    made = json.loads(index({"lang": ["ja"]}, [Document("ja/", f"排他{EDGE}制御", "")], language))
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
            "search": f"../w/words.js?worker=search.1.min.js&index=../../../{root}search/index.json",
            "t": "</script>",
        }
        assert made.count("</script>") == 1
