"""The tests keep rules of their own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable

from tests.house.source import ROOT, Source, sources


def unused_functions(files: Iterable[Source]) -> list[str]:
    """Functions in test files that are neither tests, nor fixtures or hooks, nor used there."""
    found = []
    for file in files:
        names = Counter(
            node.id if isinstance(node, ast.Name) else node.attr
            for node in ast.walk(file.tree)
            if isinstance(node, ast.Name | ast.Attribute)
        )
        for node in file.tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and not node.name.startswith(("test_", "pytest_"))
                and not _is_fixture(node)
                and not names[node.name]
            ):
                found.append(f"{file.at(node)} {node.name}")
    return found


def repeated_tests(files: Iterable[Source]) -> list[str]:
    """Tests of one name in one file: the second hides the first."""
    found = []
    for file in files:
        names = Counter(n.name for n in file.tree.body if isinstance(n, ast.FunctionDef))
        found += [f"{file.place} {name}" for name, count in names.items() if count > 1]
    return found


def _is_fixture(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_every_function_in_a_test_file_is_a_test_or_is_used() -> None:
    files = [f for f in sources("tests") if f.place.split("/")[-1].startswith("test_")]
    assert unused_functions(files) == []
    assert unused_functions([Source("tests/test_x.py", "def tset_a():\n    pass")])


def test_no_test_hides_another() -> None:
    assert repeated_tests(sources("tests")) == []
    twice = "def test_a():\n    pass\n\ndef test_a():\n    pass"
    assert repeated_tests([Source("tests/test_x.py", twice)])


def test_folders_of_tests_mirror_the_source() -> None:
    mirrored = [
        folder
        for room in ("rules", "connectors", "service")
        for folder in (ROOT / "tests" / room).rglob("*")
        if folder.is_dir() and any(folder.glob("test_*.py"))
    ]
    missing = []
    for folder in mirrored:
        place = folder.relative_to(ROOT / "tests")
        if not (ROOT / place).is_dir() and not (ROOT / f"{place}.py").exists():
            missing.append(str(place))
    assert missing == []
