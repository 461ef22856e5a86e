"""The first page: how every brand stands, and what deserves a look."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from service.deps import NowDep, ReadDep, UserDep
from service.store.reads.incidents import incident_page
from service.store.reads.live import overview_mark
from service.store.reads.overview import BrandOverview, overview
from service.store.reads.sources import blind_spots
from service.web.charts import Chart, hourly_chart, share_bar
from service.web.page import render

router = APIRouter()


@dataclass(frozen=True, slots=True)
class BrandCard:
    """One brand on the page."""

    brand: BrandOverview
    chart: Chart
    share: Markup | None


@router.get("/")
def show_overview(request: Request, user: UserDep, session: ReadDep, now: NowDep) -> Response:
    told = overview(session, now=now)
    cards = [
        BrandCard(
            brand=brand,
            chart=hourly_chart(
                brand.sparkline, label=f"Mentions of {brand.name} per hour, the last 48 hours"
            ),
            share=None
            if brand.share_of_voice is None
            else share_bar(
                brand.share_of_voice,
                label=f"Share of voice of {brand.name}: {100 * brand.share_of_voice:.0f} %",
            ),
        )
        for brand in told.brands
    ]
    return render(
        request,
        "overview.html",
        user=user,
        now=now,
        told=told,
        cards=cards,
        incidents=incident_page(session, status="unresolved", limit=20).items,
        blind=blind_spots(session, lasting=True, limit=20),
        demo=any(brand.demo for brand in told.brands),
        mark=overview_mark(session),
    )
