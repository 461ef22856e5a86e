"""Topics and weights of a brand in a workspace file."""

from __future__ import annotations

import pytest

from service.store.brands import list_brands
from service.store.engine import Store
from service.workspace.apply import apply, plan
from service.workspace.file import read
from service.workspace.problems import WorkspaceInvalid
from tests.builders import NOON

BRAND = """
[[brand]]
name = "Acme"
aspects = false
priority = { velocity = 0.3, reach = 0.2 }

[[brand.topic]]
name = "lids"
phrases = ["lid came off"]
query = "{{lids}} NEAR/3 off"
risk = 0.5

[[brand.topic]]
name = "police"
enabled = false

[[list]]
name = "lids"
text = "lid OR cap"
"""


def test_what_the_file_says_is_stored_and_a_second_time_there_is_nothing_to_do(
    store: Store,
) -> None:
    with store.write() as session:
        apply(session, read(BRAND, name="acme.toml"), now=NOON)
        assert not plan(session, read(BRAND, name="acme.toml"))
        (brand,) = list_brands(session)
    assert brand.topics == (
        {
            "name": "lids",
            "phrases": ["lid came off"],
            "query": "{{lids}} NEAR/3 off",
            "risk": 0.5,
        },
        {"name": "police", "enabled": False},
    )
    assert (brand.aspects, brand.priority) == (False, {"velocity": 0.3})


def test_changes_are_told_topic_by_topic_and_weight_by_weight(store: Store) -> None:
    changed = BRAND.replace("0.3,", "0.25,").replace("risk = 0.5", "risk = 1")
    changed = changed.replace('name = "police"', 'name = "fraud"\nphrases = ["sham"]')
    with store.write() as session:
        apply(session, read(BRAND, name="acme.toml"), now=NOON)
        (change,) = plan(session, read(changed, name="acme.toml")).changes
    assert set(change.details) == {
        "topic lids changed",
        "topic fraud added",
        "topic police removed",
        "priority velocity: 0.3 → 0.25",
    }


@pytest.mark.parametrize(
    ("before", "after", "line", "column", "what"),
    [
        ('"{{lids}} NEAR/3 off"', '"lid NEAR/3 ("', 10, 21, "topic:"),
        ('"{{lids}} NEAR/3 off"', '"{{lidz}} off"', 10, 10, "lidz"),
        ("risk = 0.5", "risk = 2", 11, 8, "risk"),
        ('name = "police"', 'name = "Lids"', 14, 8, "twice"),
        ('name = "police"', 'name = "cats"', 14, 8, "neither phrases nor a query"),
        ("velocity = 0.3", "velocity = 3", 5, 25, "velocity"),
        ("velocity = 0.3", "luck = 0.3", 5, 14, "luck"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    before: str, after: str, line: int, column: int, what: str
) -> None:
    with pytest.raises(WorkspaceInvalid) as caught:
        read(BRAND.replace(before, after), name="acme.toml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (line, column)
    assert what in str(problem)
