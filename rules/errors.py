"""Errors of the core.

RulesError
├── QuerySyntaxError      a query that cannot be read; says where and what was expected
├── InvalidTree           a query given as JSON or built in Python that cannot be one; says where
├── InvalidMention        facts that cannot make a mention
├── InvalidPolicy         a policy, rota or voice that contradicts itself
├── InvalidWeights        weights of priority that cannot be
└── TransitionRefused     an action that the incident's status does not allow
"""

from __future__ import annotations


class RulesError(Exception):
    """Something the core refuses, with a message meant for the person who asked."""


class InvalidMention(RulesError):
    """The facts given cannot make a mention."""


class InvalidPolicy(RulesError):
    """An escalation policy, rota or voice that contradicts itself."""


class InvalidWeights(RulesError):
    """Weights of priority that cannot be; the message begins with the name of the wrong one."""


class QuerySyntaxError(RulesError):
    """A query that cannot be read.

    ``start`` and ``end`` are character offsets into the query's text; ``hint`` says what to do.
    """

    def __init__(self, message: str, *, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = max(end, start)
        self.hint = hint

    def __str__(self) -> str:
        place = f"at character {self.start + 1}: {self.message}"
        return f"{place}; {self.hint}" if self.hint else place


class InvalidTree(RulesError):
    """A query's tree that no text could be read as.

    ``path`` leads to the wrong part, as in ``$.and[1].phrase``.
    """

    def __init__(self, message: str, *, path: str = "$") -> None:
        super().__init__(f"{path}: {message}")
        self.message = message
        self.path = path


class TransitionRefused(RulesError):
    """An action that the incident's present status does not allow."""

    def __init__(self, status: str, action: str) -> None:
        super().__init__(f"cannot {action} an incident that is {status}")
        self.status = status
        self.action = action
