"""What alert rules would have done over stored history, and what it would have cost.

    ahead     which minutes need not be looked at
    look      a query's findings over a span: the live detector, minute by minute
    course    findings to incidents and pages: the live decisions and the live lifecycle
    happened  those incidents and pages, and what they hang on
    bill      pages per week, in and off hours, per person; what was caught, missed, and when
    compare   two bills side by side
    ledger    what rules were worth, from what people said of their alerts

Pure: series, policies and rotas in, incidents and pages out. May import ``rules.incident``,
``rules.oncall`` and ``rules.trend``.
"""

from __future__ import annotations

from rules.backtest.bill import Bill, Caught, Known, bill, is_real
from rules.backtest.compare import Comparison, compare
from rules.backtest.course import happen
from rules.backtest.happened import Answering, Happened, Paged, Ruling, Staff
from rules.backtest.look import Found, Look, findings

VERSION = "backtest-2"

__all__ = [
    "VERSION",
    "Answering",
    "Bill",
    "Caught",
    "Comparison",
    "Found",
    "Happened",
    "Known",
    "Look",
    "Paged",
    "Ruling",
    "Staff",
    "bill",
    "compare",
    "findings",
    "happen",
    "is_real",
]
