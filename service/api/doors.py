"""What every route of the API has: the scope it needs, and the errors it may answer with."""

from __future__ import annotations

from typing import Any

from fastapi import Depends

from service.api.schemas.problem import Problem
from service.deps import need_scope

MEANINGS = {
    401: "No token, or one that is unknown, revoked or expired.",
    403: "The token lacks the scope, or is limited to other brands.",
    404: "There is no such thing, or not for this token.",
    409: "Somebody was first, or the state does not allow it.",
    412: "It has changed since you looked.",
    422: "The request is not what this asks for; `errors` say where.",
    500: "Something went wrong here; `id` stands in the log.",
}


def needs(scope: str, *, may_fail: tuple[int, ...] = (), all_brands: Any = None) -> dict[str, Any]:
    """Arguments of a route that asks for that scope, and may answer with these errors besides
    those that every route may. ``all_brands``: the dependency for routes shared by all brands."""
    errors = sorted({401, 403, 422, 500, *may_fail})
    dependencies = [Depends(need_scope(scope))]
    if all_brands is not None:
        dependencies.append(all_brands)
    return {
        "dependencies": dependencies,
        "responses": {
            status: {"model": Problem, "description": MEANINGS[status]} for status in errors
        },
        "openapi_extra": {"x-scope": scope},
    }
