"""The command line: one file per command, all of them hung on ``app``.

Commands that give data write it to stdout, as JSON Lines or CSV; words about it, progress and
errors go to stderr. docs/cli.md is made from the helps.
"""

from service.cli import (
    alert,
    apply,
    backtest,
    check,
    connectors,
    demo,
    detect,
    doctor,
    export,
    import_mentions,
    ledger,
    listen,
    match,
    migrate,
    poll,
    query,
    relevance,
    replay,
    schema,
    search,
    serve,
    token,
    train,
    user,
    why_missed,
)
from service.cli.app import app

__all__ = [
    "alert",
    "app",
    "apply",
    "backtest",
    "check",
    "connectors",
    "demo",
    "detect",
    "doctor",
    "export",
    "import_mentions",
    "ledger",
    "listen",
    "main",
    "match",
    "migrate",
    "poll",
    "query",
    "relevance",
    "replay",
    "schema",
    "search",
    "serve",
    "token",
    "train",
    "user",
    "why_missed",
]


def main() -> None:
    """What the command ``groundswell`` calls."""
    app(prog_name="groundswell")
