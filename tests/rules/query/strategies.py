"""Queries and texts that meet each other often, and an evaluator that is obviously right."""

from __future__ import annotations

from hypothesis import strategies as st

from rules.query import And, Document, Node, Not, Or, Query, QuerySyntaxError, parse

WORDS = [
    "acme",
    "Globex",
    "café",
    "jobs",
    "wi-fi",
    "#acme",
    "@acme",
    "東京",
    "👍",
    "recall",
    "joe@x.y",
]
WORDS += ["https://acme.com/a", "not", "a", "AT&T", "$ACME", "don't", "ﬁre", "½"]

words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=1, max_size=3).map(lambda parts: '"' + " ".join(parts) + '"')
query_texts = st.recursive(
    words | phrases,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " AND ".join(parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " OR ".join(parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " ".join(parts)),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"NOT ({part})"),
        inner.map(lambda part: f"NOT {part}"),
    ),
    max_leaves=12,
)
texts = st.lists(
    words | st.sampled_from(["the", "kettle", "acme's", "#東京", ".", "http://acme.com/b"]),
    max_size=12,
).map(" ".join)
documents = st.builds(lambda title, text: Document(title=title, text=text), texts, texts)


def read_or_refusal(text: str) -> Query | QuerySyntaxError:
    try:
        return parse(text)
    except QuerySyntaxError as refused:
        return refused


def slowly(node: Node, document: Document) -> bool:
    """Whether it holds, tried at every position of every field."""
    if isinstance(node, And):
        return all(slowly(child, document) for child in node.children)
    if isinstance(node, Or):
        return any(slowly(child, document) for child in node.children)
    if isinstance(node, Not):
        return not slowly(node.child, document)
    return any(
        _here(node.atoms, tokens.words, tokens.tags, at)
        for _, tokens in document.fields
        for at in range(len(tokens.words))
    )


def _here(
    atoms: tuple[str, ...], found: list[str], tags: dict[str, dict[int, int]], at: int
) -> bool:
    if not atoms:
        return True
    if at >= len(found):
        return False
    ends = {at} if found[at] == atoms[0] else set()
    ends |= {tags[atoms[0]][at]} if at in tags.get(atoms[0], {}) else set()
    return any(_here(atoms[1:], found, tags, end + 1) for end in ends)
