"""A share with its interval, beside what was aimed at, as one line."""

from __future__ import annotations

from markupsafe import Markup, escape

from service.web.charts import WIDTH


def interval_chart(share: float, *, low: float, high: float, target: float, label: str) -> Markup:
    """From 0 at the left to 1 at the right: the interval as a bar, the share and the target as
    strokes across it."""

    def stroke(at: float, kind: str) -> str:
        x = f"{WIDTH * min(max(at, 0.0), 1.0):.1f}"
        return (
            f'<line class="{kind}" x1="{x}" x2="{x}" y1="0" y2="20" '
            'vector-effect="non-scaling-stroke"/>'
        )

    return Markup(  # noqa: S704 - every text in it went through escape()
        f'<svg class="interval" viewBox="0 0 {WIDTH} 20" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>'
        f'<rect class="rest" y="9" width="{WIDTH}" height="2"/>'
        f'<rect class="within" x="{WIDTH * low:.1f}" y="5" width="{WIDTH * (high - low):.1f}" '
        f'height="10"/>{stroke(target, "target")}{stroke(share, "share-at")}</svg>'
    )
