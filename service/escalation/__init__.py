"""Decides and pages: findings become incidents, incidents are escalated, answered and closed.

    detect     every brand query: series -> observe -> decide -> one transaction
    respond    the findings' way into an incident: open, join, reopen
    paging     whom a page goes to, and the outbox rows of an incident
    incidents  what people do: acknowledge, resolve, reopen, note, verdict
    tick       deadlines: escalate what nobody answered, close what is over
    watchdog   what would fail silently: pages never delivered, sources not heard, jobs not beating

Reads rollups, writes incidents and the outbox; never sends. Each query and each incident is a
transaction of its own, so one that is broken does not stop the others.
"""
