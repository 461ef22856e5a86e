"""What people speak of who have dealt with a brand, in English: the aspects of its service.

Every form of a word is listed, since words are compared as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ASPECTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "delivery": (
            *("delivery", "deliveries", "deliver", "delivers", "delivered", "delivering"),
            *("shipping", "shipped", "shipment", "parcel", "parcels", "courier", "couriers"),
            *("in transit", "tracking number", "never arrived", "not arrived", "hasn't arrived"),
        ),
        "price": (
            *("price", "prices", "priced", "pricing", "overpriced", "expensive", "cheap"),
            *("cheaper", "pricey", "price hike", "price increase", "rip off", "ripoff"),
            *("value for money", "too much money", "subscription fee", "hidden fees"),
        ),
        "staff": (
            *("staff", "employee", "employees", "manager", "cashier", "driver", "drivers"),
            *("waiter", "waitress", "crew", "receptionist", "your team", "rude", "unfriendly"),
        ),
        "customer service": (
            *("customer service", "customer support", "customer care", "support team"),
            *("help desk", "helpdesk", "helpline", "call centre", "call center", "hotline"),
            *("live chat", "chatbot", "on hold", "no response", "no reply", "support ticket"),
        ),
        "quality": (
            *("quality", "broken", "broke", "defect", "defective", "faulty", "damaged"),
            *("doesn't work", "does not work", "stopped working", "fell apart", "well made"),
            *("flimsy", "durable", "poorly made", "badly made"),
        ),
        "returns and refunds": (
            *("refund", "refunds", "refunded", "return policy", "returns policy", "money back"),
            *("send it back", "sent it back", "replacement", "exchange it", "warranty"),
        ),
        "payment and billing": (
            *("billing", "invoice", "invoices", "payment", "payments", "charged", "overcharged"),
            *("charged twice", "double charged", "credit card", "direct debit", "bank account"),
        ),
        "app and website": (
            *("app", "apps", "website", "web site", "webshop", "checkout page", "app crash"),
            *("app crashes", "log in", "login", "logged out", "password reset", "error message"),
            *("update", "updates", "bug", "bugs", "glitch", "outage", "server down"),
        ),
        "availability": (
            *("out of stock", "sold out", "in stock", "back in stock", "restock", "restocked"),
            *("unavailable", "not available", "backorder", "waiting list", "discontinued"),
        ),
        "waiting": (
            *("waiting time", "wait time", "waited", "queue", "queues", "queueing", "queuing"),
            *("long line", "long lines", "delay", "delays", "delayed", "still waiting"),
        ),
        "privacy": (
            *("privacy", "personal data", "my data", "tracking me", "spying", "data protection"),
            *("gdpr", "consent", "cookies"),
        ),
    }
)
