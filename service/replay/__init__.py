"""The past again: mentions through the whole pipeline on a simulated clock, into a scratch store.

The code is the live code: the same pipeline, detection, escalation and delivery; only the clock is
set by hand and the notifier writes down instead of sending. The same mentions and moments give the
same incidents, byte for byte.

    run      the simulation
    report   one incident as one JSON object
    feed     where the mentions come from: a file, or the store
"""
