"""What each mistake in a file looks like to the person who made it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.query import parse
from service.workspace.file import read
from service.workspace.problems import Problem, WorkspaceInvalid

BRAND = '[[brand]]\nname = "Acme"\n'


def test_a_broken_header_is_one_mistake_not_one_for_each_key_below_it() -> None:
    told = problems('[[brand\nname = "Acme"\nhandles = ["@a"]\n\n[[query]]\nname = 5\n')
    assert [one.split(": ")[0] for one in told] == ["f.toml:1:8", "f.toml:6:8"], told


def problems(text: str) -> list[str]:
    with pytest.raises(WorkspaceInvalid) as refused:
        read(text, name="f.toml")
    return [str(problem) for problem in refused.value.problems]


MISTAKES = [
    # syntax
    ("name = Acme", "f.toml:1:8: not TOML: Invalid value; write text in quotes"),
    ('[[brand]]\nname = "Acme', "f.toml:2:8: not TOML: Unterminated string; close"),
    ('[[brand]]\nname = """Acme\n', "f.toml:2:8: not TOML: Unterminated string; close the"),
    ('[[brand]]\nhandles = ["a"\nname = "x"', "f.toml:2:11: not TOML: Unclosed array; close"),
    ('[[brand]]\nname = "a"\nname = "b"', "f.toml:3:1: not TOML: Cannot overwrite a value; this"),
    ("[brand\n", "f.toml:1:7: not TOML: "),
    ("[[brand]]\nname\n", "f.toml:2:5: not TOML: Expected '=' after a key"),
    # shape
    ('[brand]\nname = "Acme"', "f.toml:1:1: 'brand' must be a list of tables; write [[brand]]"),
    ('[[brnad]]\nname = "Acme"', "f.toml:1:1: unknown table or key 'brnad'; did you mean 'brand'?"),
    ('brand = "Acme"', "f.toml:1:1: 'brand' must be a list of tables"),
    # brand
    ('[[brand]]\nnmae = "Acme"', "f.toml:2:1: unknown key 'nmae'; did you mean 'name'?"),
    ('[[brand]]\nnmae = "Acme"', "f.toml:1:1: 'name' is missing; add name = …"),
    ("[[brand]]\nname = 5", "f.toml:2:8: 'name' must be text in quotes, not a number"),
    ('[[brand]]\nname = " "', "f.toml:2:8: 'name' must not be empty"),
    (BRAND + 'handles = "@a"', "f.toml:3:11: 'handles' must be a list in [ ], not text"),
    (BRAND + 'handles = ["@a", 5]', "f.toml:3:18: 'handles' number 2 must be text in quotes"),
    (BRAND + 'slug = "Ac me"', "f.toml:3:8: 'slug' must be small letters, digits and hyphens"),
    (
        BRAND + 'channel = "alerts"',
        "f.toml:3:11: 'channel' must be a Slack channel; write its name",
    ),
    (
        BRAND + 'policy = "slow"',
        "f.toml:3:10: there is no policy 'slow' in this file; there is 'default'",
    ),
    (BRAND + 'voice.tone = "rude"', "f.toml:3:14: tone is 'rude'; it must be one of"),
    (BRAND + 'voice.tones = "warm"', "f.toml:3:1: unknown key 'tones'; did you mean 'tone'?"),
    (BRAND + 'voice.templates.holding = "{x}"', "f.toml:3:27: template 'holding' uses {x}"),
    (BRAND + BRAND, "f.toml:4:8: brand 'Acme' is there twice, as 'acme'"),
    # query
    (BRAND + '[[query]]\nname = "q"\ntext = "a AND ("', "f.toml:5:15: query: "),
    (
        BRAND + '[[query]]\nname = "q"\ntext = """\na AND\n  OR b\n"""',
        "f.toml:6:3: query: AND needs",
    ),
    (BRAND + '[[query]]\nname = "q"\ntext = ""', "f.toml:5:9: query: "),
    (BRAND + '[[query]]\nname = "q"', "f.toml:3:1: 'text' is missing"),
    (
        BRAND + '[[query]]\nname = "q"\nrole = "brnad"\ntext = "a"',
        "f.toml:5:8: 'role' cannot be 'brnad'; did you mean 'brand'?",
    ),
    (
        BRAND + '[[query]]\nbrand = "Acne"\nname = "q"\ntext = "a"',
        "f.toml:4:9: there is no brand 'Acne' in this file; did you mean 'acme'?",
    ),
    ('[[query]]\nname = "q"\ntext = "a"', "f.toml:1:1: query 'q' does not say whose it is; add a"),
    (
        BRAND + '[[query]]\nname = "q"\ntext = "a"\n[[query]]\nname = "q"\ntext = "b"',
        "f.toml:7:8: query 'q' of this brand is there twice",
    ),
    # lists
    (
        BRAND + '[[list]]\nname = "my rivals"\ntext = "a"',
        "f.toml:4:8: 'name' must be letters, digits, hyphens and underscores, at most 80; write "
        "'my-rivals'",
    ),
    (BRAND + '[[list]]\nname = "l"\ntext = "a AND ("', "f.toml:5:15: list: "),
    (
        BRAND + "[[list]]\nname = \"l\"\ntext = '''\na OR\n  b AND\n'''",
        "f.toml:7:5: list: AND needs",
    ),
    (
        BRAND + '[[list]]\nname = "l"\nbrand = "Acne"\ntext = "a"',
        "f.toml:5:9: there is no brand 'Acne' in this file; did you mean 'acme'?",
    ),
    (
        BRAND + '[[list]]\nname = "l"\ntext = "a"\n[[list]]\nname = "l"\ntext = "b"',
        "f.toml:7:8: list 'l' shared by all is there twice",
    ),
    (
        BRAND + '[[list]]\nname = "a"\ntext = "{{b}}"\n[[list]]\nname = "b"\ntext = "x {{a}}"',
        "f.toml:5:9: list: these lists contain each other: {{b}} → {{a}} → {{b}}",
    ),
    (
        BRAND + '[[query]]\nname = "q"\ntext = "a {{rivals}}"\n'
        '[[list]]\nname = "rival"\ntext = "b"',
        "f.toml:5:11: query: there is no list rivals; did you mean {{rival}}?",
    ),
    # examples
    (
        BRAND + '[[query]]\nname = "q"\ntext = "acme"\nmust_match = "Acme"',
        "f.toml:6:14: 'must_match' must be a list in [ ], not text",
    ),
    (
        BRAND + '[[query]]\nname = "q"\ntext = "acme"\nmust_match = ["Acme", 5]',
        "f.toml:6:23: 'must_match' number 2 must be a table, not a number",
    ),
    (
        BRAND + '[[query]]\nname = "q"\ntext = "acme"\nmust_match = [{ txt = "Acme" }]',
        "f.toml:6:17: unknown key 'txt'; did you mean 'text'?",
    ),
    (
        BRAND + '[[query]]\nname = "q"\ntext = "acme"\nmust_match = ["Acme", "Globex"]',
        "f.toml:6:23: query 'q' does not match this text: ",
    ),
    (
        BRAND + '[[query]]\nname = "q"\ntext = "acme"\n'
        'must_not_match = [\n  "Globex",\n  { text = "Acme", lang = "de" },\n]',
        "f.toml:8:3: query 'q' matches this text: ",
    ),
    # source
    (
        '[[source]]\nname = "s"\nconnector = "rs"',
        "f.toml:3:13: there is no connector 'rs'; did you mean 'rss'?",
    ),
    ('[[source]]\nname = "s"\nconnector = "rss"', "f.toml:1:1: 'url' is missing; add url = …"),
    (
        '[[source]]\nname = "s"\nconnector = "rss"\nsettings = { url = "ftp://x" }',
        "f.toml:4:20: 'url' must be an address that begins with http:// or https://",
    ),
    (
        '[[source]]\nname = "s"\nconnector = "rss"\n[source.settings]\nurl = "https://a.example"\n'
        'pasword = "env:X"',
        "f.toml:6:1: unknown key 'pasword'; did you mean 'password'?",
    ),
    (
        '[[source]]\nname = "s"\nconnector = "rss"\nevery = "15 minutes"',
        "f.toml:4:9: 'every' is not a length of time: '15 minutes'; write for instance",
    ),
    (
        '[[source]]\nname = "s"\nconnector = "rss"\nevery = 15',
        "f.toml:4:9: 'every' must be a length of time in quotes; write",
    ),
    (
        '[[source]]\nname = "s"\nconnector = "rss"\nevery = "1s"',
        "f.toml:4:9: 'every' must be between 5 seconds and a day",
    ),
    ('[[source]]\nname = "s"\nconnector = "rss"\ntier = 5', "f.toml:4:8: 'tier' must be at most 4"),
    # who answers
    ('[[person]]\nname = "ann"\nemail = "ann"', "f.toml:3:9: 'email' must be an address"),
    ('[[person]]\nname = "ann"\nslack_user_id = "ann"', "f.toml:3:17: 'slack_user_id' must be"),
    ('[[person]]\nname = "a"\n[[person]]\nname = "a"', "f.toml:4:8: person 'a' is there twice"),
    (
        '[[rota]]\nname = "r"\npeople = ["bob"]\nstarts = 2026-01-05',
        "f.toml:3:11: there is no person 'bob' in this file; add a [[person]]",
    ),
    (
        '[[rota]]\nname = "r"\ntimezone = "europe/berlin"\npeople = ["bob"]\nstarts = 2026-01-05',
        "f.toml:3:12: 'timezone' is not a time zone: 'europe/berlin'; write 'Europe/Berlin'",
    ),
    (
        '[[rota]]\nname = "r"\npeople = ["bob"]\nstarts = "monday"',
        "f.toml:4:10: 'starts' must be a date and time such as",
    ),
    ('[[rota]]\nname = "r"\npeople = []\nstarts = 2026-01-05', "f.toml:3:10: 'people' has too few"),
    (
        '[[rota]]\nname = "r"\npeople = ["b"]\nstarts = 2026-01-05\nturn = "5m"',
        "f.toml:2:8: rota 'r': a turn lasts an hour or more",
    ),
    (
        '[[policy]]\nname = "p"\nsteps = [{ notify = "oncall" }]',
        "f.toml:3:21: a step notifies on-call, rota:NAME or person:NAME, not 'oncall'",
    ),
    (
        '[[policy]]\nname = "p"\nsteps = [{ notify = "rota:b" }]',
        "f.toml:3:21: there is no rota 'b' in this file; add a [[rota]] with this name",
    ),
    (
        '[[policy]]\nname = "p"\nsteps = [{ notify = "person:b" }]',
        "f.toml:3:21: there is no person 'b' in this file",
    ),
    (
        '[[policy]]\nname = "p"\nsteps = [{}]\nrota = "x"',
        "f.toml:4:8: there is no rota 'x' in this file",
    ),
    (
        '[[policy]]\nname = "p"\nsteps = [{}, {}]',
        "f.toml:2:8: policy 'p': steps after the first need a wait",
    ),
    ('[[policy]]\nname = "p"\nsteps = [{}]\nrepeat = 99', "f.toml:4:10: 'repeat' must be at most"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_is_told_at_its_place_with_what_to_do(text: str, told: str) -> None:
    found = problems(text)
    assert any(problem.startswith(told) for problem in found), found
    assert all("; " in problem for problem in found)


def test_a_secret_in_the_file_is_refused_and_not_repeated() -> None:
    text = (
        '[[source]]\nname = "s"\nconnector = "rss"\n'
        'settings = { url = "https://a.example/", username = "u", password = "hunter2" }'
    )
    (found,) = problems(text)
    assert found.startswith("f.toml:4:69: 'password' is a secret and must not stand in the file")
    assert 'password = "env:NAME"' in found
    assert "hunter2" not in found


def test_a_reference_to_a_secret_is_taken_as_it_is() -> None:
    text = (
        '[[source]]\nname = "s"\nconnector = "rss"\n'
        'settings = { url = "env:FEED", username = "u", password = "file:/run/secrets/p" }'
    )
    (source,) = read(text, name="f.toml").source
    assert source.settings["password"] == "file:/run/secrets/p"


def test_all_mistakes_are_told_in_one_go_in_the_order_of_the_file() -> None:
    text = (
        '[[brand]]\nname = 5\npolicy = "x"\nvoice.tone = "rude"\n'
        '[[query]]\nbrand = "Nobody"\nname = "q"\nrole = "x"\ntext = "a AND"\n'
        '[[source]]\nname = "s"\nconnector = "rss"\nevery = "x"\nsettings = { ul = "u" }\n'
    )
    places = [problem.split(": ")[0] for problem in problems(text)]
    assert places == [
        "f.toml:2:8",
        "f.toml:3:10",
        "f.toml:4:14",
        "f.toml:6:9",
        "f.toml:8:8",
        "f.toml:9:11",
        "f.toml:13:9",
        "f.toml:14:1",
        "f.toml:14:14",
    ]


def test_two_lines_that_are_not_toml_are_both_told_and_hide_nothing_else() -> None:
    text = '[[brand]]\nname = Acme\nhandles = [@a]\n[[source]]\nnmae = "x"\n'
    places = [problem.split(": ")[0] for problem in problems(text)]
    assert places == ["f.toml:2:8", "f.toml:3:12", "f.toml:5:1"]


def test_a_line_that_cannot_be_read_does_not_make_its_key_missing() -> None:
    found = problems('[[brand]]\nname = "Acme\n[[query]]\nbrand = "Acme"\nname="q"\ntext="a"\n')
    assert len(found) == 1


def test_windows_line_ends_and_a_byte_order_mark_change_no_place() -> None:
    text = '\ufeff[[brand]]\r\nname = "Acme"\r\nhandels = []\r\n'
    assert problems(text)[0].startswith("f.toml:3:1: unknown key 'handels'")


def test_a_brand_without_a_query_gets_one_from_its_name_and_handles() -> None:
    workspace = read('[[brand]]\nname = "Acme Air"\nhandles = ["@acmeair"]', name="f")
    (query,) = workspace.query
    assert (query.brand, query.name, query.role) == ("acme-air", "Acme Air", "brand")
    assert parse(query.text)


def test_a_competitor_without_a_query_gets_one_and_one_with_a_query_keeps_it() -> None:
    text = BRAND + (
        'competitors = ["Zeta", "Omega"]\n'
        '[[query]]\nname = "Omega"\nrole = "competitor"\ntext = "omega NOT watch"\n'
    )
    queries = {query.name: query for query in read(text, name="f").query}
    assert queries["Zeta"].role == "competitor"
    assert queries["Omega"].text == "omega NOT watch"
    assert set(queries) == {"Acme", "Zeta", "Omega"}


def test_a_query_finds_its_brand_by_slug_by_name_or_as_the_only_one() -> None:
    for named in ('brand = "acme"\n', 'brand = "Acme"\n', ""):
        text = f'{BRAND}[[query]]\n{named}name = "q"\ntext = "acme"'
        assert read(text, name="f").query[0].brand == "acme"


def test_an_empty_file_is_an_empty_workspace() -> None:
    assert not any(getattr(read("", name="f"), kind) for kind in ("brand", "query", "source"))


@settings(max_examples=150)
@given(st.text(alphabet="[]={}\"'\n #.,ab1-:\\", max_size=120))
def test_no_text_makes_anything_but_a_workspace_or_problems(text: str) -> None:
    found: tuple[Problem, ...] = ()
    try:
        read(text, name="f")
    except WorkspaceInvalid as refused:
        found = refused.problems
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in found)


def test_a_file_nested_without_end_is_refused() -> None:
    assert "nested too deeply" in problems("a = " + "[" * 5000)[0]


def test_a_key_of_five_thousand_parts_is_refused() -> None:
    assert "unknown table or key" in problems("a." * 5000 + "b = 1")[0]
