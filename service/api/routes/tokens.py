"""/tokens and /me"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from service.api.doors import needs
from service.api.limits import AllBrands
from service.api.schemas.fields import IdPath, PageOut
from service.api.schemas.tokens import MeOut, NewTokenOut, TokenIn, TokenOut
from service.auth import tokens as auth
from service.deps import CallerDep, NowDep, ReadDep, WriteDep
from service.errors import Forbidden, Invalid, NotFound
from service.store import brands, tokens

router = APIRouter(tags=["tokens"])


@router.get("/me", response_model=MeOut, **needs("read"))
def get_me(caller: CallerDep) -> MeOut:
    """Who the token is, and what it may do."""
    return MeOut(
        name=caller.name,
        kind=caller.kind,
        scopes=sorted(caller.scopes),
        brands=None if caller.brands is None else sorted(caller.brands),
    )


@router.get("/tokens", response_model=PageOut[TokenOut], **needs("admin", all_brands=AllBrands))
def list_tokens(session: ReadDep) -> PageOut[TokenOut]:
    """All tokens by name, on one page, the revoked and expired ones too."""
    items = [TokenOut.model_validate(token) for token in tokens.list_tokens(session)]
    return PageOut[TokenOut](items=items, next_cursor=None)


@router.post(
    "/tokens",
    response_model=NewTokenOut,
    status_code=201,
    **needs("admin", may_fail=(409,), all_brands=AllBrands),
)
def create_token(given: TokenIn, session: WriteDep, caller: CallerDep, now: NowDep) -> Response:
    """A new token. Its secret is in this answer only.

    There is no Idempotency-Key here, since the answer must not be kept. The name can be taken
    once: a request repeated answers 409.
    """
    known = {brand.slug for brand in brands.list_brands(session, archived=True)}
    unknown = sorted(set(given.brands) - known)
    if unknown:
        told = f"there is no brand {unknown[0]!r}"
        raise Invalid(told, errors=[{"in": "body", "field": "brands", "message": told}])
    beyond = sorted(set(given.scopes) - caller.scopes)
    if beyond:
        raise Forbidden(
            f"a token cannot give a scope that it lacks itself: {', '.join(beyond)}",
            code="scope-missing",
        )
    made = auth.create_token(
        session,
        name=given.name,
        scopes=given.scopes,
        brands=given.brands,
        created_by=caller.name,
        expires_at=given.expires_at,
        now=now,
    )
    shown = TokenOut.model_validate(made.facts).model_dump() | {"secret": made.secret}
    return JSONResponse(
        NewTokenOut.model_validate(shown).model_dump(mode="json"),
        status_code=201,
        headers={"Cache-Control": "no-store"},
    )


@router.delete(
    "/tokens/{token_id}",
    response_model=TokenOut,
    **needs("admin", may_fail=(404,), all_brands=AllBrands),
)
def revoke_token(token_id: IdPath, session: WriteDep, now: NowDep) -> TokenOut:
    """It opens nothing from now on. Its row stays as a trail; revoking twice changes nothing."""
    named = {token.id: token.name for token in tokens.list_tokens(session)}
    if token_id not in named:
        raise NotFound(f"there is no token {token_id}")
    return TokenOut.model_validate(auth.revoke_token(session, name=named[token_id], now=now))
