"""What is known of an example besides its text, on one line: ``lang = "en", rating = 2``.

The notation is that of the workspace file, as it stands between the braces of an inline table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from service.workspace.bodies import example_of
from service.workspace.model import ExampleModel
from service.workspace.write import value_of
from service.workspace.wrong import explain


class AlsoInvalid(Exception):
    """A line that cannot be read; the message says what is wrong and what to do."""


def read_example(text: str, also: str) -> dict[str, Any]:
    """The example as the store keeps it. Raises AlsoInvalid."""
    # One line, so that nobody can end the table and begin another.
    line = " ".join(also.split())
    try:
        told = tomllib.loads(f"x = {{ {line} }}")
    except tomllib.TOMLDecodeError:
        raise AlsoInvalid(
            f'{line!r} cannot be read; write it as in title = "…", lang = "en", rating = 2'
        ) from None
    if told.keys() != {"x"}:
        raise AlsoInvalid(f"{line!r} cannot be read; leave out the braces")
    known = told["x"]
    if "text" in known and text.strip():
        raise AlsoInvalid("the text stands above; leave out text = …")
    try:
        model = ExampleModel.model_validate({"text": text, **known})
    except ValidationError as error:
        wrong = explain(error, ExampleModel, at=("example",))[0]
        raise AlsoInvalid(f"{wrong.what}; {wrong.hint}") from None
    return example_of(model)


def show_also(kept: Mapping[str, Any]) -> str:
    """The line that ``read_example`` reads, without the text."""
    known = {name: value for name, value in kept.items() if name != "text"}
    return ", ".join(f"{name} = {value_of(name, value)}" for name, value in known.items())
