from __future__ import annotations

from importlib.resources import files

from connectors.contract import Surroundings
from connectors.demo import KIND, DemoSettings
from connectors.http import HttpClient
from connectors.registry import CONNECTORS
from rules.query import Document, match, parse
from service.workspace.file import read
from tests.fakes import FakeClock

DEMO = files("service.workspace") / "demo.toml"


def test_the_demo_workspace_is_a_valid_file_whose_brand_is_marked() -> None:
    workspace = read(DEMO.read_text("utf-8"), name="demo.toml")
    assert "DEMO" in workspace.brand[0].name
    assert [source.connector for source in workspace.source] == ["demo"]
    assert "demo" in CONNECTORS


def test_the_demo_queries_find_what_the_demo_posts() -> None:
    workspace = read(DEMO.read_text("utf-8"), name="demo.toml")
    ours, theirs = (parse(query.text) for query in workspace.query)
    clock = FakeClock()
    surroundings = Surroundings(http=HttpClient(now=clock.now), now=clock.now)
    mentions = KIND.build(DemoSettings(days=10), surroundings).poll(None).mentions
    for mention in mentions:
        document = Document.of(mention)
        if mention.raw["subject"] == "rival":
            assert match(theirs, document), mention
        elif mention.raw["subject"] == "noise":
            assert not match(ours, document), mention
        else:
            assert match(ours, document), mention
