"""``groundswell migrate``: bring the store's schema to the newest version."""

from __future__ import annotations

from service.cli.app import app, reports_errors, settings_for
from service.cli.output import say
from service.runtime import build_runtime


@app.command()
@reports_errors
def migrate() -> None:
    """Bring the store's schema to the newest version.

    Every command that needs the store does this by itself; use it to do so at a moment of your
    choosing, before the new version starts.
    """
    runtime = build_runtime(settings_for())
    try:
        if runtime.store.is_current():
            say("nothing to do: the schema is the newest")
        else:
            runtime.store.migrate()
            say("the schema is the newest now")
    finally:
        runtime.close()
