"""The site below a sub-path, as a real nginx serves it with the configuration in deploy/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.place import base_of
from tests.conftest import ROOT, Site
from tests.nginx import BASE, NEEDS_NGINX, Served, reserved, served

LYCHEE = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
FOREVER = "public, max-age=31536000, immutable"
LONG = "<p>one and the same sentence</p>" * 100

pytestmark = NEEDS_NGINX
needs_lychee = pytest.mark.skipif(LYCHEE is None, reason="lychee is not here: it has no wheel for this platform")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site of a few files, in three languages of which one has no page for what is not there."""
    site = tmp_path_factory.mktemp("small") / "site"
    files = {
        "index.html": f"<h1>并发</h1>{LONG}",
        "404.html": "没有这一页",
        "broken/index.html": '<a href="../">x</a> <a href="../nowhere/">x</a> <a href="#lost">x</a> <img src="no.svg">',
        "en/index.html": "<h1>Concurrency</h1>",
        "en/404.html": "no such page",
        "ja/index.html": "<h1>並行</h1>",
        "assets/main.0123abcd.min.css": f"/* {LONG} */",
        "assets/replay/locks/hang-0123abcd-trace.json": "{}",
        "assets/live.css": "p { color: red }",
        "snippets/locks/hang.py": "print('并发')",
    }
    for name, text in files.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with reserved() as port:
        pass
    with served(site, port, site.parent) as here:
        yield here


@pytest.fixture(scope="module")
def whole(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's site, built for the address at which it is served, from the recordings that there are."""
    folder = tmp_path_factory.mktemp("whole")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder / "site")]
    environment = {**os.environ, "LIVE_STORE": str(site.store.folder), "NO_MKDOCS_2_WARNING": "1"}
    with reserved() as port:  # the site has to know where it will be
        environment["SITE_URL"] = f"http://127.0.0.1:{port}{BASE}"
        built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    with served(folder / "site", port, folder) as here:
        yield here


def checked(here: Served, urls: list[str]) -> dict[str, list[str]]:
    """By page, the links, anchors and assets on it that are not there."""
    mine = f"^http://127\\.0\\.0\\.1:{here.port}/"
    options = ["--include", mine, "--exclude", ".*", "--include-fragments=full", "--max-retries", "0"]
    options += ["--host-request-interval", "1ms", "--no-progress", "--format", "json", "--files-from", "-"]
    done = subprocess.run([LYCHEE or "", *options], input="\n".join(urls), capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert found["successful"] + found["errors"] + found["excludes"] == found["total"] > 0, found
    broken = {**found["error_map"], **found["timeout_map"]}
    return {page: sorted(link["url"] for link in links) for page, links in broken.items()}


@pytest.mark.parametrize("path", ["", "en/", "nothing/", "assets/main.0123abcd.min.css"])
def test_every_answer_has_the_headers_that_protect_readers(small: Served, path: str) -> None:
    answer = small.page(path)
    assert HEADERS.items() <= answer.headers.items()
    assert answer.headers["server"] == "nginx", "which version is nobody's business"


@pytest.mark.parametrize(
    ("path", "keep"),
    [
        ("", "no-cache"),
        ("nothing/", "no-cache"),
        ("assets/live.css", "no-cache"),
        ("assets/main.0123abcd.min.css", FOREVER),
        ("assets/replay/locks/hang-0123abcd-trace.json", FOREVER),
        ("assets/gone.0123abcd.min.css", "no-cache"),
    ],
)
def test_only_what_is_there_and_has_a_hash_in_its_name_is_kept_for_long(small: Served, path: str, keep: str) -> None:
    assert small.page(path).headers["cache-control"] == keep


def test_what_a_reader_has_is_not_sent_again(small: Served) -> None:
    tag = small.page("").headers["etag"]
    again = small.page("", **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert HEADERS.items() <= again.headers.items()


def test_pages_and_styles_are_compressed_for_those_who_understand_it(small: Served) -> None:
    for path in ("", "assets/main.0123abcd.min.css"):
        plain, packed = small.page(path), small.page(path, **{"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert {packed.headers["vary"], plain.headers["vary"]} == {"Accept-Encoding"}
        assert len(packed.body) < len(plain.body) / 10
        assert packed.text == plain.text
    assert "并发" in small.page("", **{"Accept-Encoding": "gzip"}).text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nothing/", "没有这一页"),
        ("en/nothing", "no such page"),
        ("en/deep/nothing.css", "no such page"),
        ("ja/nothing", "没有这一页"),
    ],
)
def test_who_is_lost_is_told_so_in_the_language_around(small: Served, path: str, said: str) -> None:
    answer = small.page(path)
    assert (answer.status, answer.text) == (404, said)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_redirects_name_neither_host_nor_port(small: Served) -> None:
    moved = {path: small.get(path) for path in (BASE.rstrip("/"), f"{BASE}en")}
    assert {path: answer.headers["location"] for path, answer in moved.items()} == {path: f"{path}/" for path in moved}


def test_outside_its_path_there_is_only_the_sign_of_life(small: Served) -> None:
    assert small.get("/healthz").text == "ok\n"
    assert small.get("/").status == small.get("/en/").status == 404


def test_programs_are_text_in_utf8(small: Served) -> None:
    answer = small.page("snippets/locks/hang.py")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == "print('并发')"


@pytest.mark.parametrize(
    "url", ["https://x.org/a;b/", "https://x.org/{{ x }}/", "https://x.org/a b/", "https://x.org//"]
)
def test_no_address_gets_into_the_configuration_as_something_else(url: str) -> None:
    if url.endswith("//"):
        assert base_of(url) == ""
    else:
        with pytest.raises(ValueError, match="letters, digits"):
            base_of(url)


def test_hosts_that_read_a_file_of_headers_send_the_same(small: Served) -> None:
    listed = (ROOT / "deploy/_headers").read_text(encoding="utf-8").partition("/*\n")[2].partition("\n\n")[0]
    sent = small.page("").headers
    own = {"server", "date", "content-type", "content-length", "last-modified", "connection", "etag", "accept-ranges"}
    own |= {"vary", "cache-control"}
    expected = dict(line.strip().split(": ", 1) for line in listed.splitlines())
    assert {name.lower(): value for name, value in expected.items()} == {
        name: value for name, value in sent.items() if name not in own
    }


@needs_lychee
def test_the_crawl_finds_what_is_broken(small: Served) -> None:
    page = f"{small.url}broken/"
    assert checked(small, [page]) == {page: [f"{page}#lost", f"{page}no.svg", f"{small.url}nowhere/"]}


@needs_lychee
def test_no_page_link_anchor_or_asset_is_missing(whole: Served) -> None:
    folder = whole.log.parent / "site"
    pages = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    assert {"index.html", "en/index.html", "locks/index.html", "en/locks/index.html"} <= set(pages)
    urls = [whole.url + page.removesuffix("index.html") for page in pages]
    assert checked(whole, urls) == {}
    requests = [line for line in whole.log.read_text().splitlines() if '"' in line]
    assert len(requests) > len(pages)
    assert [line for line in requests if '" 404 ' in line] == []


def test_every_file_of_the_site_is_served(whole: Served) -> None:
    folder = whole.log.parent / "site"
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        answer = whole.page(file.relative_to(folder).as_posix().replace("index.html", ""))
        assert (answer.status, answer.body) == (200, file.read_bytes()), file
