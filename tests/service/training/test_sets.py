"""Labelled sets are read from a folder, and what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.training.sets import SETS, DataMissing, read_language, read_set


def test_a_set_is_read_with_its_targets(tmp_path: Path) -> None:
    file = tmp_path / "a_set.jsonl"
    file.write_text(
        '{"text": "good\\u2028x", "label": 1}\n\n{"text": "b", "label": -1, "target": "B"}\n'
    )
    good, bad = read_set(tmp_path, "a_set")
    assert (good.text, good.label, good.target, good.source) == ("good\u2028x", 2, "", "a_set")
    assert (bad.label, bad.target) == (0, "B")


def test_a_language_has_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "umsab_german_val.jsonl").write_text('{"text": "gut", "label": 1}\n')
    assert [sample.text for sample in read_language(tmp_path, "de", part="val")] == ["gut"]


def test_a_missing_file_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"a_set\.jsonl"):
        read_set(tmp_path, "a_set")


@pytest.mark.parametrize("line", ["nonsense", '{"text": "a"}', '{"text": "a", "label": 5}', "[]"])
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "a_set.jsonl").write_text(f'{{"text": "a", "label": 0}}\n{line}\n')
    with pytest.raises(DataMissing, match=r"jsonl:2"):
        read_set(tmp_path, "a_set")


def test_what_forbids_it_is_never_learned_from() -> None:
    learned = {each.file for each in SETS if each.learned}
    assert learned.isdisjoint({"airline_visible", "dong_train", "tweeteval_val"})
    assert all(each.terms for each in SETS)
