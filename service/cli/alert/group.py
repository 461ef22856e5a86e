"""The group that the commands about alert rules hang on."""

from __future__ import annotations

from service.cli.app import group

alert = group("alert", summary="Alert rules of the store.")
