"""``groundswell user``: who may sign in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from service.auth import users
from service.auth.login_links import create_login_link
from service.auth.roles import Role
from service.cli.app import WrongInput, group, opened, reports_errors
from service.cli.output import say, table
from service.runtime import Runtime
from service.store.users import list_users

user = group("user", summary="Who may sign in.")

Name = Annotated[str, typer.Argument(help="The user's name.")]
RoleOption = Annotated[
    Role, typer.Option(help="viewer sees; responder works on incidents; editor, admin change more.")
]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")
]


@user.command()
@reports_errors
def add(
    name: Name,
    role: RoleOption = Role.RESPONDER,
    password_stdin: FromStdin = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They sign in by links only (user link).")
    ] = False,
) -> None:
    """Add a user. The password is asked for, twice, unless an option says otherwise."""
    password = None if no_password else _password(from_stdin=password_stdin)
    with opened() as runtime:
        now = runtime.clock.now()
        with runtime.store.write() as session:
            made = users.create_user(session, name=name, role=role, password=password, now=now)
        say(f"added {made.name} ({made.role})")
        if no_password:
            _say_link(runtime, made.name)


@user.command("list")
@reports_errors
def list_all() -> None:
    """List the users."""
    with opened() as runtime, runtime.store.read() as session:
        rows = [
            (one.name, one.role, "disabled" if one.disabled else "", f"{one.created_at:%Y-%m-%d}")
            for one in list_users(session)
        ]
    table(("name", "role", "state", "since"), rows)


@user.command()
@reports_errors
def passwd(name: Name, password_stdin: FromStdin = False) -> None:
    """Give a user a new password; everywhere they were signed in ends."""
    password = _password(from_stdin=password_stdin)
    with opened() as runtime, runtime.store.write() as session:
        users.reset_password(session, name=name, password=password)
    say(f"{name} has a new password")


@user.command()
@reports_errors
def link(name: Name) -> None:
    """Print a link that signs a user in. It works once, for a quarter of an hour."""
    with opened() as runtime:
        _say_link(runtime, name)


@user.command("role")
@reports_errors
def set_role(name: Name, role: Annotated[Role, typer.Argument(help="The new role.")]) -> None:
    """Give a user another role."""
    with opened() as runtime, runtime.store.write() as session:
        changed = users.change_role(session, name=name, role=role)
    say(f"{changed.name} is {changed.role}: {role.meaning}")


@user.command()
@reports_errors
def disable(name: Name) -> None:
    """Shut a user out at once; what they did stays under their name."""
    with opened() as runtime, runtime.store.write() as session:
        users.disable_user(session, name=name, now=runtime.clock.now())
    say(f"{name} is disabled")


@user.command()
@reports_errors
def enable(name: Name) -> None:
    """Let a disabled user in again."""
    with opened() as runtime, runtime.store.write() as session:
        users.enable_user(session, name=name)
    say(f"{name} is enabled")


def _say_link(runtime: Runtime, name: str) -> None:
    with runtime.store.write() as session:
        made = create_login_link(session, name=name, now=runtime.clock.now())
    say(f"{runtime.settings.address()}{made.path}")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise WrongInput("there is no terminal to ask for the password on; give --password-stdin")
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked
