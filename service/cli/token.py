"""``groundswell token``: how programs use the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from service.auth import tokens
from service.auth.roles import Scope
from service.cli.app import WrongInput, group, opened, reports_errors
from service.cli.output import remark, say, table
from service.store.brands import list_brands
from service.store.tokens import TokenFacts, list_tokens
from service.workspace.problems import choose_from

token = group("token", summary="API tokens for programs.")


@token.command()
@reports_errors
def create(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[list[Scope], typer.Option(help="What it may do; give several times.")],
    brand: Annotated[
        list[str] | None, typer.Option(help="Slug of a brand it is limited to. Default: all.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, help="Days until it expires. Default: never.")
    ] = None,
) -> None:
    """Make a token and print it. It is shown this once and kept nowhere."""
    with opened() as runtime:
        now = runtime.clock.now()
        with runtime.store.write() as session:
            known = [one.slug for one in list_brands(session)]
            for slug in brand or []:
                if slug not in known:
                    hint = choose_from(slug, known, empty="groundswell apply FILE adds one")
                    raise WrongInput(f"there is no brand {slug!r}; {hint}")
            made = tokens.create_token(
                session,
                name=name,
                scopes=[one.value for one in scope],
                created_by="command line",
                now=now,
                brands=brand or (),
                expires_at=None if days is None else now + timedelta(days=days),
            )
    remark("this is shown once; keep it where the program finds it:")
    say(made.secret)


@token.command("list")
@reports_errors
def list_all() -> None:
    """List the tokens; what they are is kept nowhere."""
    with opened() as runtime, runtime.store.read() as session:
        rows = [
            (
                one.name,
                " ".join(one.scopes),
                " ".join(one.brands) or "all",
                _state(one),
                f"{one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "never",
            )
            for one in list_tokens(session)
        ]
    table(("name", "scopes", "brands", "state", "last used"), rows)


@token.command()
@reports_errors
def revoke(name: Annotated[str, typer.Argument(help="Name of the token.")]) -> None:
    """End a token at once."""
    with opened() as runtime, runtime.store.write() as session:
        tokens.revoke_token(session, name=name, now=runtime.clock.now())
    say(f"{name} is revoked")


def _state(one: TokenFacts) -> str:
    if one.revoked_at is not None:
        return "revoked"
    return "" if one.expires_at is None else f"until {one.expires_at:%Y-%m-%d}"
