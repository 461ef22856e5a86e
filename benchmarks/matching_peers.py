"""The same queries through tantivy and SQLite's FTS5: a batch is indexed, then each query asked.

Both get our words ready-made, and queries translated beforehand; NEAR is asked as AND, which spares
them the positions (so they find a little more), and what they cannot ask is left out.
"""

from __future__ import annotations

import gc
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

import tantivy

from rules.mention import Mention
from rules.query import And, Document, Fact, Near, Node, Not, Or, Phrase, Query, Raw, Term
from rules.query.tree import is_pattern
from rules.text import tokenise

_EXACT = ("lang", "platform", "site")
_NUMBERS = ("followers", "engagement")


@dataclass(frozen=True, slots=True)
class Row:
    """One mention, cut for the peers."""

    words: str
    tags: list[str]
    raws: list[str]
    author: list[str]
    exact: dict[str, list[str]]
    numbers: dict[str, int]


def _row(mention: Mention) -> Row:
    tokens = tokenise(mention.text)
    document = Document.of(mention)
    facts = document.facts
    hosts = facts.site.split(".")
    author = dict(document.fields).get("author")
    return Row(
        words=" ".join(tokens.words),
        tags=list(tokens.tags),
        raws=mention.text.split(),
        author=sorted(author.atoms) if author is not None else [],
        exact={
            "lang": [facts.lang],
            "platform": [facts.platform],
            "site": [".".join(hosts[at:]) for at in range(len(hosts))],
        },
        numbers={
            "followers": int(facts.followers or 0),
            "engagement": int(facts.engagement or 0),
        },
    )


_rows: dict[int, list[Row]] = {}


def rows_of(mentions: list[Mention]) -> list[Row]:
    known = _rows.get(id(mentions))
    if known is None:
        known = _rows[id(mentions)] = [_row(mention) for mention in mentions]
    return known


def tantivy_rate(
    queries: dict[int, Query], mentions: list[Mention], *, size: int
) -> tuple[float, int]:
    """Mentions for each second of CPU, and how many matches."""
    rows = rows_of(mentions)
    schema = _schema()
    asked = [_tantivy(query.tree, schema) for query in queries.values()]
    gc.collect()
    start = time.process_time()
    count = 0
    for at in range(0, len(rows), size):
        part = rows[at : at + size]
        index = tantivy.Index(schema)
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for row in part:
            document = tantivy.Document()
            document.add_text("words", row.words)
            for name, values in (("tags", row.tags), ("raws", row.raws), ("author", row.author)):
                for value in values:
                    document.add_text(name, value)
            for name, values in row.exact.items():
                for value in values:
                    document.add_text(name, value)
            for name, number in row.numbers.items():
                document.add_unsigned(name, number)
            writer.add_document(document)
        writer.commit()
        index.reload()
        searcher = index.searcher()
        for query in asked:
            count += len(searcher.search(query, limit=size, count=False).hits)
    return len(rows) / (time.process_time() - start), count


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    for name in ("tags", "raws", "author", *_EXACT):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def _tantivy(node: Node, schema: Any) -> Any:
    query = tantivy.Query
    if isinstance(node, And | Or):
        occur = tantivy.Occur.Must if isinstance(node, And) else tantivy.Occur.Should
        parts = []
        for child in node.children:
            if isinstance(child, Not):
                parts.append((tantivy.Occur.MustNot, _tantivy(child.child, schema)))
            else:
                parts.append((occur, _tantivy(child, schema)))
        return query.boolean_query(parts)
    if isinstance(node, Near):
        must = tantivy.Occur.Must
        sides = [(must, _tantivy(side, schema)) for side in (node.left, node.right)]
        return query.boolean_query(sides)
    if isinstance(node, Fact):
        return _fact(node, schema)
    if isinstance(node, Raw):
        return query.term_query(schema, "raws", node.raw, "basic")
    if isinstance(node, Phrase):
        return query.phrase_query(schema, "words", list(node.atoms))
    if isinstance(node, Term):
        atom = node.atoms[0]
        if node.field == "author":
            return query.term_query(schema, "author", atom, "basic")
        if is_pattern(atom):
            return query.regex_query(schema, "words", atom.replace("*", ".*").replace("?", "."))
        field = "tags" if atom[0] in "#@$" else "words"
        return query.term_query(schema, field, atom, "basic")
    raise TypeError(f"no such query in this benchmark: {node}")


def _fact(fact: Fact, schema: Any) -> Any:
    if fact.name in _EXACT:
        return tantivy.Query.term_query(schema, fact.name, str(fact.value), "basic")
    return tantivy.Query.range_query(
        schema, fact.name, tantivy.FieldType.Unsigned, int(fact.value) + 1, 2**40
    )


def sqlite_rate(queries: dict[int, Query], mentions: list[Mention]) -> tuple[float, int]:
    """Mentions for each second of CPU, and how many matches; one batch of all."""
    rows = [_row(mention) for mention in mentions]
    asked = [_sqlite(query.tree) for query in queries.values()]
    lines = [
        (
            row.words,
            " ".join(_quoted(tag) for tag in row.tags),
            " ".join(row.author),
            " ".join(
                f"{name}{_quoted(value)}" for name, values in row.exact.items() for value in values
            ),
        )
        for row in rows
    ]
    gc.collect()
    start = time.process_time()
    count = 0
    store = sqlite3.connect(":memory:")
    store.execute("CREATE VIRTUAL TABLE m USING fts5(words, tags, author, facts)")
    store.executemany("INSERT INTO m VALUES (?, ?, ?, ?)", lines)
    for text in asked:
        if text:
            count += len(store.execute("SELECT rowid FROM m WHERE m MATCH ?", (text,)).fetchall())
    store.close()
    return len(rows) / (time.process_time() - start), count


def _quoted(value: str) -> str:
    return "".join(char if char.isalnum() else f"x{ord(char)}" for char in value)


def _sqlite(node: Node) -> str:
    if isinstance(node, Or):
        return "(" + " OR ".join(filter(None, map(_sqlite, node.children))) + ")"
    if isinstance(node, And):
        wanted = [_sqlite(child) for child in node.children if not isinstance(child, Not)]
        out = " AND ".join(filter(None, wanted))
        for child in node.children:
            if isinstance(child, Not):
                out = f"({out}) NOT {_sqlite(child.child)}"
        return f"({out})"
    if isinstance(node, Near):
        return f"({_sqlite(node.left)} AND {_sqlite(node.right)})"
    if isinstance(node, Fact):
        return f"facts:{node.name}{_quoted(str(node.value))}" if node.name in _EXACT else ""
    if isinstance(node, Raw):
        return f'words:"{node.raw}"'
    if isinstance(node, Term | Phrase):
        atom = node.atoms[0]
        if node.field == "author":
            return f'author:"{atom}"'
        if atom[0] in "#@$":
            return f"tags:{_quoted(atom)}"
        if is_pattern(atom):
            return f'words:"{atom.rstrip("*")}"*'
        return f'words:"{" ".join(node.atoms)}"'
    raise TypeError(f"no such query in this benchmark: {node}")
