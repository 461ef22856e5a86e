"""What a newcomer needs when the service has started: the address, and a way in."""

from __future__ import annotations

import sys

from service.auth import users
from service.auth.login_links import create_login_link
from service.auth.roles import Role
from service.cli.output import say
from service.runtime import Runtime
from service.store.users import count_users, find_user

FIRST_USER = "admin"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def welcome(runtime: Runtime) -> str | None:
    """Print where the pages are and how to sign in; return the link that does.

    The first start makes the user ``admin``, without a password, and prints a link that signs them
    in once. Later starts print one only to a terminal of this machine: in a log that others
    read, it would let them in.
    """
    link = _link(runtime)
    point_out(runtime, link=link)
    return link


def point_out(runtime: Runtime, *, link: str | None) -> None:
    """Print the address and the link, apart from everything around them."""
    say()
    say(f"  Groundswell listens on {runtime.settings.address()}  (Ctrl-C stops it)")
    if link is not None:
        say(f"  Sign in as {FIRST_USER} (once, within a quarter of an hour):")
        say(f"  {link}")
    say(f"  {'Another' if link else 'A'} way in: {_program()} user link {FIRST_USER}")
    say()


def _program() -> str:
    """How this was called, so that the next command can be copied: it may not be on the path."""
    called = sys.argv[0]
    return called if called.endswith("bin/groundswell") else "groundswell"


def _link(runtime: Runtime) -> str | None:
    now = runtime.clock.now()
    at_home = runtime.settings.host in _LOOPBACK and sys.stdout.isatty()
    with runtime.store.write() as session:
        if count_users(session) == 0:
            users.create_user(session, name=FIRST_USER, role=Role.ADMIN, password=None, now=now)
        else:
            known = find_user(session, FIRST_USER)
            if not at_home or known is None or known.disabled:
                return None
        made = create_login_link(session, name=FIRST_USER, now=now)
    return f"{runtime.settings.address()}{made.path}"
