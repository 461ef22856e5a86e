"""Fetches. A connector knows its platform and what a mention is; no store, no query, no service.

How to write one: ``docs/connectors.md``. In one breath: a Pydantic model of settings (secrets are
``SecretStr``), a class whose ``poll(cursor)`` returns a Batch, an entry in ``registry.py`` or in
the entry-point group ``groundswell.connectors``, and ``groundswell connectors check NAME`` green.

Rooms, top to bottom: registry | conformance, the connectors (which do not know each other),
contract | http | markup | dates, errors.
"""
