"""Puts the routes together under /api/v1."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.routing import APIRoute

from service.api.routes import (
    alert_rules,
    backtests,
    brands,
    corrections,
    drafts,
    history_diffs,
    incidents,
    ledger,
    mentions,
    named_lists,
    queries,
    search,
    series,
    sources,
    tokens,
    topics,
)

PREFIX = "/api/v1"


def build_router() -> APIRouter:
    """Every route of the REST API. Operation ids are the names of the functions."""
    router = APIRouter(prefix=PREFIX, generate_unique_id_function=_operation_id)
    for module in (
        *(brands, queries, drafts, history_diffs, named_lists, alert_rules, backtests, ledger),
        *(sources, mentions, corrections, search, series, topics, incidents, tokens),
    ):
        router.include_router(module.router)
    return router


def _operation_id(route: APIRoute) -> str:
    return route.name
