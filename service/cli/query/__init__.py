"""``groundswell query``: queries looked at, tested and carried over, one file per command."""

from service.cli.query import check, convert, export, lint, look_back, preview, show, test

__all__ = ["check", "convert", "export", "lint", "look_back", "preview", "show", "test"]
