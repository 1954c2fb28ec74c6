"""Words of another language are marked, and nothing else is touched."""

from __future__ import annotations

import pytest

from live.site.foreign import marked

CHINESE = '<span lang="zh">锁</span>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a 锁 b</p>", f"<p>a {CHINESE} b</p>"),
        (
            "<p>“线程：同一个程序的不用操作” (threads)</p>",
            '<p>“<span lang="zh">线程：同一个程序的不用操作</span>” (threads)</p>',
        ),
        ("<p>全局解释器锁 / GIL</p>", '<p><span lang="zh">全局解释器锁</span> / GIL</p>'),
        ("<p>用 IO 操作。</p>", '<p><span lang="zh">用</span> IO <span lang="zh">操作。</span></p>'),
        ('<p title="锁">a</p>', None),
        ('<p title="a > 锁" id=x>锁</p>', f'<p title="a > 锁" id=x>{CHINESE}</p>'),
        ("<code>锁</code> <pre>锁 <code>锁</code> 锁</pre> <kbd>锁</kbd>", None),
        ("<script>let a = '<p>锁</p>'</script><style>p::before { content: '锁' }</style><title>锁</title>", None),
        ("<!-- <p>锁</p> -->", None),
        ('<p lang="zh">锁 <b>锁</b> 锁</p>', None),
        ('<p lang="zh">锁 <p>锁</p> 锁</p> 锁', f'<p lang="zh">锁 <p>锁</p> 锁</p> {CHINESE}'),
        ('<meta lang="zh" content="锁"><p>锁</p>', f'<meta lang="zh" content="锁"><p>{CHINESE}</p>'),
        ('<html lang="en"><p>锁</p>', f'<html lang="en"><p>{CHINESE}</p>'),
        (
            "<svg><svg><text>锁</text></svg><text>锁</text></svg>锁",
            f"<svg><svg><text>锁</text></svg><text>锁</text></svg>{CHINESE}",
        ),
        ("<svg><svg/></svg>锁", f"<svg><svg/></svg>{CHINESE}"),
        ("a &lt; b, 锁 &amp; c", f"a &lt; b, {CHINESE} &amp; c"),
        ("<p>no such word</p>", None),
    ],
)
def test_chinese_words_on_a_page_in_another_language(html: str, expected: str | None) -> None:
    assert marked(html, "en") == (expected or html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>死锁（deadlock）。</p>", '<p>死锁（<span lang="en">deadlock</span>）。</p>'),
        ("<p>（race condition）</p>", '<p>（<span lang="en">race condition</span>）</p>'),
        ("<p>（见 asyncio）asyncio（3.13）（<code>fork</code>）</p>", None),
        ('<p lang="en">（deadlock）</p>', None),
    ],
)
def test_english_terms_on_a_chinese_page(html: str, expected: str | None) -> None:
    assert marked(html, "zh") == marked(html, "zh-Hans") == (expected or html)


def test_chinese_characters_on_a_japanese_page_are_japanese() -> None:
    assert marked("<p>錠（lock）</p>", "ja") == "<p>錠（lock）</p>"
