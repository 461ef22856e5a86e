"""Text from the internet is shown, never obeyed."""

from __future__ import annotations

import re

import pytest

from service.runtime import Runtime
from service.store.tables import MentionRow
from service.web.words import safe_link
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis

POSTS = {
    "script": "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" \' autofocus onfocus=\'alert(1)',
    "template": "{{ 7 * 191 }} {% raw %} ${7*191}",
    "closing": "</textarea></pre></title></svg></main><h1>owned</h1>",
    "right to left": "\u202egnp.exe\u2066 \u05d0\u05d1 \u200f!",
    "emoji": "👩‍👩‍👧‍👦 🔥🔥 \U0001f3f4\U000e0067",
    "zalgo": "a" + "\u0300\u0323" * 500,
    "surrogate-free control": "a\x08b\x1b[31mred\x7f",
    "long": "fire " * 20_000,
    "one word": "x" * 100_000,
}
PATHS = ["/", "/incidents/1", "/mentions", "/mentions/1"]


@pytest.mark.parametrize("kind", POSTS)
def test_a_hostile_post_is_text_on_every_page(runtime: Runtime, sign_in: SignIn, kind: str) -> None:
    with runtime.store.write() as session:
        a_crisis(session, post=POSTS[kind])
    client = sign_in()
    for path in PATHS:
        answer = client.get(path)
        assert answer.status_code == 200
        page = answer.text
        assert re.findall(r"<script[^>]*>", page) == [
            tag for tag in re.findall(r"<script[^>]*>", page) if 'src="/static/' in tag
        ]
        assert "<img" not in page
        assert "<h1>owned" not in page
        assert "1337" not in page
        assert not re.search(r"<[^<>]*\son\w+=[^<>]*>", page)
        assert not re.search(r"<[^<>]*\sstyle=", page)
        if path != "/mentions/1":
            assert len(page) < 150_000


def test_a_hostile_author_title_and_incident_are_text(runtime: Runtime, sign_in: SignIn) -> None:
    evil = "<script>alert(1)</script>"
    with runtime.store.write() as session:
        a_crisis(
            session,
            title=evil,
            suggestion={"strategy": evil, "text": evil, "reasons": [evil], "guards": [evil]},
        )
        row = session.get_one(MentionRow, 1)
        row.author_handle, row.title, row.platform, row.lang = evil, evil, evil[:40], evil
    client = sign_in()
    for path in [*PATHS, "/incidents", "/deliveries"]:
        assert evil not in client.get(path).text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//evil.example",
        "vbscript:x",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "/relative",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(
    runtime: Runtime, sign_in: SignIn, url: str | None
) -> None:
    assert safe_link(url) is None
    with runtime.store.write() as session:
        a_crisis(session)
        for row in session.query(MentionRow):
            row.url = url
    client = sign_in()
    for path in PATHS:
        assert "Open the post" not in client.get(path).text


def test_links_to_posts_tell_the_other_site_nothing(runtime: Runtime, sign_in: SignIn) -> None:
    with runtime.store.write() as session:
        a_crisis(session)
        session.get_one(MentionRow, 1).url = 'https://example.org/?a="><script>'
    client = sign_in()
    for path in PATHS:
        links = re.findall(r'<a [^>]*href="http[^>]*>', client.get(path).text)
        assert links
        assert all('rel="noopener noreferrer nofollow"' in link for link in links)
