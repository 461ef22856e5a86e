"""House rules that are about the shape of the code. Each check is tried on code that breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.house.source import PACKAGES, Source, sources

DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base"}
DRAWERS_WITH_A_REASON = {"service.store.base"}  # SQLAlchemy's own word for the declarative base

OWNERS = {
    "sqlalchemy": ("service.store",),
    "alembic": ("service.store",),
    "psycopg": ("service.store",),
    "httpx": ("connectors",),
    "feedparser": ("connectors",),
    "slack_sdk": ("service.notify",),
    "apscheduler": ("service.jobs",),
    "fastapi": ("service.main", "service.deps", "service.api", "service.web"),
    "starlette": ("service.main", "service.deps", "service.api", "service.web"),
    "sse_starlette": ("service.main", "service.api", "service.web"),
    "vaderSentiment": ("rules.score",),
}
"""Which rooms may import a library; every other room goes through them."""

CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}


def commits_elsewhere(files: Iterable[Source]) -> list[str]:
    return [
        file.at(node)
        for file in files
        if file.module != "service.store.engine"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    ]


def clocks_elsewhere(files: Iterable[Source]) -> list[str]:
    """Reads of the wall clock; ``time.monotonic`` measures and is not one."""
    return [
        file.at(node)
        for file in files
        if file.module != "service.clock"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr)
        in ("datetime", "date", "time")
    ]


def own_imports_inside(files: Iterable[Source]) -> list[str]:
    """Imports of our own inside functions: mostly how a circle is hidden."""
    found = []
    for file in files:
        for function in ast.walk(file.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                found += [
                    file.at(node)
                    for node in ast.walk(function)
                    if any(name.split(".")[0] in PACKAGES for name in _imported(node))
                ]
    return found


def libraries_elsewhere(files: Iterable[Source]) -> list[str]:
    found = []
    for file in files:
        for node in ast.walk(file.tree):
            for name in _imported(node):
                owners = OWNERS.get(name.split(".")[0])
                if owners and not any(f"{file.module}.".startswith(f"{room}.") for room in owners):
                    found.append(f"{file.at(node)} imports {name}, which is for {owners}")
    return found


def drawers(files: Iterable[Source]) -> list[str]:
    return [
        file.place
        for file in files
        if file.module not in DRAWERS_WITH_A_REASON
        and DRAWERS & set(file.module.removeprefix("tests.").split("."))
    ]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []


def test_only_the_engine_commits() -> None:
    assert commits_elsewhere(sources(*PACKAGES)) == []
    assert commits_elsewhere([Source("service/web/x.py", "session.commit()")])


def test_only_the_clock_reads_the_clock() -> None:
    assert clocks_elsewhere(sources(*PACKAGES)) == []
    assert clocks_elsewhere([Source("rules/x.py", "import datetime\ndatetime.datetime.now()")])
    assert clocks_elsewhere([Source("rules/x.py", "import time\ntick = time.time")])


def test_no_own_module_is_imported_inside_a_function() -> None:
    assert own_imports_inside(sources(*PACKAGES)) == []
    broken = Source("service/x.py", "def f():\n    from rules.mention import Mention")
    assert own_imports_inside([broken])


def test_libraries_stay_in_their_rooms() -> None:
    assert libraries_elsewhere(sources(*PACKAGES)) == []
    assert libraries_elsewhere([Source("service/api/x.py", "from sqlalchemy import select")])
    assert not libraries_elsewhere([Source("service/store/x.py", "import sqlalchemy.orm")])


def test_there_are_no_drawers() -> None:
    assert drawers(sources(*PACKAGES, "tests")) == []
    assert drawers([Source("service/web/helpers.py", "")])
