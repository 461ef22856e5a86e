"""Judging a stream of lines: what is written, what is left out, and for whom it is judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from tests.house.source import ROOT
from tests.service.cli.conftest import Run

TEXTS = (
    "The service was AWFUL, never again!!!",
    "I love it, thank you so much :)",
    "We arrive at nine and leave at ten.",
    "not bad at all, but the queue kills me",
    "\U0001f602\U0001f602 \u2764\ufe0f",
    "der Service war furchtbar, nie wieder",
    "https://example.com/a",
    "to be recalled because of a fire hazard?",
)
FRAGMENT = "\ud83d"
"""Half of a pair: JSON can say it, no encoding can."""

BRAND = """
[[brand]]
name = "Acme"
handles = ["@acmehelp"]
red_lines = ["recall"]

[[query]]
name = "Acme"
text = "acme OR @acmehelp"
"""


def lines(*objects: Any) -> str:
    return "\n".join(map(json.dumps, objects))


def judged(run: Run, *objects: Any, stage: str = "linear", options: str = "") -> list[Any]:
    done = run("score", "--stage", stage, *options.split(), stdin=lines(*objects))
    assert (done.exit_code, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_word_list_alone_is_the_original_to_the_last_digit(run: Run) -> None:
    original = SentimentIntensityAnalyzer()
    told = judged(run, *[{"text": text} for text in TEXTS], stage="vader")
    compounds = [original.polarity_scores(text)["compound"] for text in TEXTS]
    assert [one["polarity"] for one in told] == compounds
    wanted = [
        "positive" if one >= 0.05 else "negative" if one <= -0.05 else "neutral"
        for one in compounds
    ]
    assert [one["label"] for one in told] == wanted


def test_what_was_given_stays_as_it_was(run: Run) -> None:
    given = '  {"id": 7,"price": 1.50 , "text": "I love it", "deep": {"a": [null]}}  '
    told = run("score", "--stage", "linear", stdin=given).stdout
    assert told.startswith('{"id": 7,"price": 1.50 , "text": "I love it", "deep": {"a": [null]}, ')
    keys = (
        "id price text deep lang relevance polarity label confidence priority intent stage version"
    )
    assert list(json.loads(told)) == keys.split()


def test_what_has_the_name_of_an_answer_is_replaced(run: Run) -> None:
    (told,) = judged(run, {"label": -1, "text": "I love it", "lang": "eng", "x": FRAGMENT})
    assert (told["label"], told["lang"], told["x"]) == ("positive", "en", FRAGMENT)


@pytest.mark.parametrize("stage", ["vader", "linear", "auto"])
def test_the_parts_of_every_number_add_up_to_it(run: Run, stage: str) -> None:
    pytest.importorskip("onnxruntime")
    given = [{"text": text, "title": title} for text in TEXTS for title in ("", "Acme in the news")]
    given.append({"text": "Acme is great", "target": "Nobody", "engagement": {"rating": 1}})
    for told in judged(run, *given, stage=stage, options="--explain"):
        for name in ("polarity", "relevance", "priority"):
            parts = told["parts"][name]
            assert abs(sum(part["contribution"] for part in parts) - told[name]) <= 1e-6
            assert parts


def test_reasons_change_no_number(run: Run) -> None:
    given = [{"text": text} for text in TEXTS]
    without = judged(run, *given)
    explained = judged(run, *given, options="--explain")
    for told in explained:
        del told["parts"]
    assert [list(one) for one in explained] == [list(one) for one in without]
    for one, other in zip(explained, without, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


def test_a_place_in_the_parts_is_one_in_the_line(run: Run) -> None:
    text = "it  burned \U0001f525 &amp; was terrible"
    (told,) = judged(run, {"title": "A\tterrible day", "text": text}, options="--explain")
    given = {"title": "A\tterrible day", "text": text}
    words = {
        given[part["span"][0]][part["span"][1] : part["span"][2]]
        for part in told["parts"]["polarity"]
        if part["span"]
    }
    assert "terrible" in words
    assert not any("\t" in word for word in words)


@pytest.mark.parametrize("stage", ["vader", "linear"])
@pytest.mark.parametrize(
    "text", ["", " \n\t", "\U0001f602" * 10_000, "so bad " * 150_000, FRAGMENT]
)
def test_every_text_has_an_answer(run: Run, text: str, stage: str) -> None:
    (told,) = judged(run, {"text": text}, stage=stage)
    assert told["label"] in ("negative", "neutral", "positive", "unknown")
    assert -1 <= told["polarity"] <= 1
    if not text.strip():
        assert (told["label"], told["polarity"], told["confidence"]) == ("unknown", 0, 0)


def test_a_language_that_nobody_knows_is_unknown_and_not_neutral(run: Run) -> None:
    (told,) = judged(run, {"text": "Palvelu oli todella huonoa, en suosittele kenellekään"})
    assert (told["lang"], told["label"], told["confidence"]) == ("fi", "unknown", 0)


def test_lines_that_cannot_be_read_are_told_by_number_and_left_out(run: Run) -> None:
    bad = ["{", '{"id": 1}', '{"text": 5}', "[]", '{"text": "a", "target": 1}', "[" * 100_000]
    stdin = "\n".join([*bad, "", '{"text": "I love it"}', '{"text": "x", "url": "ftp://a"}'])
    done = run("score", "--stage", "linear", stdin=stdin)
    assert done.exit_code == 2
    told = done.stderr.splitlines()
    assert [line.split(":")[1] for line in told] == ["1", "2", "3", "4", "5", "6", "9"]
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["I love it"]


def test_nothing_that_is_written_steers_a_terminal(run: Run) -> None:
    stdin = '{"text": "I love \u202eit\x7f", "\u2066": 1}\n{"text": "\u202e", "lang": "e\u202e"}'
    done = run("score", "--stage", "linear", "--explain", stdin=stdin)
    assert done.exit_code == 0
    assert not {"\u202e", "\x7f", "\u2066"} & set(done.stdout)


def test_a_target_is_looked_for_and_who_is_not_named_is_hardly_meant(run: Run) -> None:
    text = "@AcmeHelp your new phone is terrible"
    named, other = judged(run, {"text": text, "target": "Acme"}, {"text": text, "target": "Globex"})
    assert named["relevance"] > 0.5 > 0.4 > other["relevance"]
    assert named["priority"] > other["priority"]


def test_a_brand_of_a_file_is_judged_by_its_queries_and_red_lines(folder: Any, run: Run) -> None:
    (folder / "acme.toml").write_text(BRAND, encoding="utf-8")
    given = [
        {"text": "they recall the phone, @AcmeHelp says"},
        {"text": "they recall the phone, Globex says"},
        {"text": "acme is great", "target": "@acmehelp"},
    ]
    about, other, chosen = judged(run, *given, options="--brand acme.toml")
    assert about["relevance"] >= 0.65
    assert about["priority"] > 0.3
    assert (other["relevance"], chosen["label"]) == (0, "positive")
    assert chosen["relevance"] >= 0.5


def test_a_brand_s_own_weights_topics_and_words_are_used(folder: Any, run: Run) -> None:
    own = """
words = { killer = 2 }
priority = { topic = 0.6 }
[[brand.topic]]
name = "lids"
phrases = ["lid came off"]
risk = 0.5
"""
    (folder / "acme.toml").write_text(BRAND, encoding="utf-8")
    (folder / "own.toml").write_text(BRAND.replace("[[query]]", f"{own}[[query]]"), "utf-8")
    given = [{"text": "the lid came off, acme"}, {"text": "acme killer"}]
    usual = judged(run, *given, options="--brand acme.toml")
    changed = judged(run, *given, options="--brand own.toml")
    assert changed[0]["priority"] >= usual[0]["priority"] + 0.25
    assert changed[1]["polarity"] > usual[1]["polarity"]


def test_several_processes_write_what_one_does_in_the_same_order(run: Run) -> None:
    given = [{"id": number, "text": TEXTS[number % len(TEXTS)]} for number in range(1_200)]
    stdin = lines(*given)
    one = run("score", "--stage", "linear", stdin=stdin)
    several = run("score", "--stage", "linear", "--jobs", "2", stdin=stdin)
    assert one.exit_code == several.exit_code == 0
    assert several.stdout == one.stdout
    assert len(one.stdout.splitlines()) == 1_200


_LOADED = """
import sys
from service.cli import main
sys.argv = ["groundswell", "score", "--stage", "linear"]
try:
    main()
finally:
    heavy = {"numba", "fastapi", "sqlalchemy", "numpy", "onnxruntime", "httpx", "requests"}
    print(*sorted(heavy & sys.modules.keys()), file=sys.stderr)
"""


@pytest.mark.process
def test_one_line_needs_neither_store_nor_server_nor_transformer() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        input=lines({"text": "I love this and all of you"}),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert json.loads(done.stdout)["label"] == "positive"
