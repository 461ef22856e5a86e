"""The command line: one file per command, all of them hung on ``frame.app``.

Commands that give data write it to stdout, as JSON Lines or CSV; words about it, progress and
errors go to stderr. docs/cli.md is made from the helps.

Nothing is imported here but what starts the one command that was asked for: most of them need the
store and all that stands on it, which takes seconds, and some are called for a single line.
"""

import sys
from importlib import import_module

_LIGHT = ("score",)
"""Commands that can be started alone, without what the others need."""


def main() -> None:
    """What the command ``groundswell`` calls."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked in _LIGHT:
        # The only command on the application stands for all of it, so its name is not read.
        app = import_module(f"service.cli.{asked}").app
        app(args=sys.argv[2:], prog_name=f"groundswell {asked}")
    else:
        import_module("service.cli.commands").app(prog_name="groundswell")
