"""From a source that is due to mentions in the store.

poll      one source: lease, connector, inbox, next poll
pipeline  mentions to matches and scores: computes, writes nothing
inbox     one batch, one transaction: mentions, matches, rollups, rejects and the new cursor
look_back a new query over what is stored and what matched nothing, without an alarm
backoff   when to poll next, and which sources may be polled side by side: pure
clean     what a database could not hold is taken out before anything is decided
"""
