"""How a brand speaks: tone, sign-off, language and its own templates."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.errors import InvalidPolicy
from rules.response.templates import DEFAULT_TEMPLATES, OPENINGS, PLACEHOLDERS


@dataclass(frozen=True, slots=True)
class Voice:
    """``templates`` replace ours by name (DEFAULT_TEMPLATES has the names). ``language`` is that
    of the drafts; for one other than English the brand brings its own templates.

    Raises InvalidPolicy for a tone, template name or placeholder that does not exist.
    """

    tone: str = "plain"
    sign_off: str = ""
    language: str = "en"
    templates: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.tone not in OPENINGS:
            raise InvalidPolicy(
                f"voice: tone is {self.tone!r}; it must be one of {', '.join(OPENINGS)}"
            )
        if not self.language.strip():
            raise InvalidPolicy("voice: language is empty; write a code such as en")
        for name, template in self.templates.items():
            _check(name, template)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Voice:
        """From what is kept in a brand's row or a workspace file. Raises InvalidPolicy."""
        known = ("tone", "sign_off", "language", "templates")
        unknown = sorted(set(value) - set(known))
        if unknown:
            raise InvalidPolicy(
                f"voice: {unknown[0]!r} is not known; a voice has {', '.join(known)}"
            )
        for name in ("tone", "sign_off", "language"):
            if not isinstance(value.get(name, ""), str):
                raise InvalidPolicy(f"voice: {name} must be text")
        templates = value.get("templates", {})
        if not isinstance(templates, Mapping) or not all(
            isinstance(name, str) and isinstance(text, str) for name, text in templates.items()
        ):
            raise InvalidPolicy("voice: templates must map a template's name to its text")
        return cls(**{**value, "templates": dict(templates)})

    def to_json(self) -> dict[str, Any]:
        return {
            "tone": self.tone,
            "sign_off": self.sign_off,
            "language": self.language,
            "templates": dict(self.templates),
        }


def _check(name: str, template: str) -> None:
    if name not in DEFAULT_TEMPLATES:
        raise InvalidPolicy(
            f"voice: there is no template {name!r}; the names are {', '.join(DEFAULT_TEMPLATES)}"
        )
    if not template.strip():
        raise InvalidPolicy(f"voice: template {name!r} is empty")
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        raise InvalidPolicy(
            f"voice: template {name!r} cannot be read: {error}; write {{{{ for a brace"
        ) from None
    for _, placeholder, format_spec, conversion in fields:
        if placeholder is None:
            continue
        # Only bare names: "{brand.__class__}" or "{brand!r:>99}" would reach into Python.
        if placeholder not in PLACEHOLDERS or format_spec or conversion:
            allowed = ", ".join(f"{{{known}}}" for known in sorted(PLACEHOLDERS))
            raise InvalidPolicy(
                f"voice: template {name!r} uses {{{placeholder}}}; only {allowed} are filled in, "
                "and [...] is for the person who publishes"
            )
