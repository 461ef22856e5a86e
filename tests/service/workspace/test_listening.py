"""What ``listen`` and the demo set up, and what they leave alone."""

from __future__ import annotations

from service.store import workspace as stored
from service.store.brands import find_brand
from service.store.engine import Store
from service.store.queries import list_active
from service.store.sources import list_sources
from service.workspace.apply import apply
from service.workspace.demo import set_up_demo
from service.workspace.file import read
from service.workspace.listening import Listening, listen_to
from tests.builders import NOON


def listening(store: Store, name: str = "Acme", **given: list[str]) -> Listening:
    with store.write() as session:
        return listen_to(session, name, now=NOON, **given)


def texts(store: Store) -> dict[str, str]:
    with store.read() as session:
        return {query.name: query.text for query in list_active(session)}


def test_a_name_is_enough_and_a_second_time_changes_nothing(store: Store) -> None:
    made = listening(store, competitors=["Zeta"], handles=["@acme"], feeds=["https://a.example/f"])
    with store.read() as session:
        brand = find_brand(session, "acme")
        names = {source.name for source in list_sources(session, enabled_only=True)}
    assert brand is not None
    assert (brand.handles, brand.competitors) == (("@acme",), ("Zeta",))
    assert names == set(made.sources)
    assert "Feed: a.example/f" in names
    assert set(texts(store)) == {"Acme", "Zeta"}
    assert not listening(
        store, competitors=["Zeta"], handles=["@acme"], feeds=["https://a.example/f"]
    ).diff


def test_later_calls_add_competitors_and_handles(sqlite_store: Store) -> None:
    listening(sqlite_store)
    listening(sqlite_store, competitors=["Zeta"])
    listening(sqlite_store, handles=["@acmehelp"])
    assert set(texts(sqlite_store)) == {"Acme", "Zeta"}
    assert "@acmehelp" in texts(sqlite_store)["Acme"]
    with sqlite_store.read() as session:
        (reddit,) = [one for one in list_sources(session) if one.name == "Reddit: Acme"]
    assert "Zeta" in reddit.settings["url"]


def test_what_a_file_set_up_is_not_overwritten(sqlite_store: Store) -> None:
    text = (
        '[[brand]]\nname = "Acme"\nchannel = "#acme"\nvoice.tone = "formal"\n'
        '[[query]]\nname = "Acme"\ntext = "acme NOT jobs"\n'
    )
    with sqlite_store.write() as session:
        apply(session, read(text, name="f"), now=NOON)
    listening(sqlite_store, handles=["@acme"])
    with sqlite_store.read() as session:
        brand = find_brand(session, "acme")
    assert brand is not None
    assert (brand.channel, brand.voice) == ("#acme", {"tone": "formal"})
    assert texts(sqlite_store)["Acme"] == "acme NOT jobs"


def test_the_demo_is_marked_and_its_live_part_pages_nobody(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        set_up_demo(session, now=NOON, live=True)
    with sqlite_store.read() as session:
        demo, live = find_brand(session, "lumo-kettles"), find_brand(session, "open-source-live")
        paging = list_active(session, role="brand")
    assert demo is not None
    assert demo.demo
    assert live is not None
    assert not live.demo
    assert {query.brand_id for query in paging} == {demo.id}
    with sqlite_store.write() as session:
        assert not set_up_demo(session, now=NOON, live=True)


def test_the_demo_can_stay_without_the_network(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        set_up_demo(session, now=NOON, live=False)
    with sqlite_store.read() as session:
        assert [source.connector for source in list_sources(session)] == ["demo"]
        assert set(stored.read_all(session)["brand"]) == {"lumo-kettles"}
