"""Every table, one file per family. Rows are named …Row; nothing outside the store holds one."""

from service.store.tables.access import LoginLinkRow, SessionRow, TokenRow, UserRow
from service.store.tables.alert import AlertRow, DetectorStateRow
from service.store.tables.alert_rule import AlertingRow, AlertRuleRow, MissedIncidentRow
from service.store.tables.brand import BrandRow, QueryRow
from service.store.tables.delivery import DeliveryRow, MessageRow
from service.store.tables.incident import IncidentRow, TimelineRow, VerdictRow
from service.store.tables.learned import CorrectionRow, RelevanceExampleRow
from service.store.tables.mention import (
    MatchRow,
    MatchTopicRow,
    MentionRow,
    RejectRow,
    SightingRow,
)
from service.store.tables.named_list import NamedListRow
from service.store.tables.oncall import PersonRow, PolicyRow, RotaRow
from service.store.tables.process import HeartbeatRow, IdempotencyRow
from service.store.tables.rollup import RollupRow
from service.store.tables.search import SearchProgressRow
from service.store.tables.source import BlindSpotRow, SourceRow
from service.store.tables.story import StoryRow

__all__ = [
    "AlertRow",
    "AlertRuleRow",
    "AlertingRow",
    "BlindSpotRow",
    "BrandRow",
    "CorrectionRow",
    "DeliveryRow",
    "DetectorStateRow",
    "HeartbeatRow",
    "IdempotencyRow",
    "IncidentRow",
    "LoginLinkRow",
    "MatchRow",
    "MatchTopicRow",
    "MentionRow",
    "MessageRow",
    "MissedIncidentRow",
    "NamedListRow",
    "PersonRow",
    "PolicyRow",
    "QueryRow",
    "RejectRow",
    "RelevanceExampleRow",
    "RollupRow",
    "RotaRow",
    "SearchProgressRow",
    "SessionRow",
    "SightingRow",
    "SourceRow",
    "StoryRow",
    "TimelineRow",
    "TokenRow",
    "UserRow",
    "VerdictRow",
]
