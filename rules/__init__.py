"""The core: decides.

Nothing in here reads a clock, a file, a database or the network, and nothing is random: a
function takes facts and a moment and returns a value with its reasons. That one property makes
replay, explanation, backtests and tests the same thing.

Rooms, top to bottom; each may import only what stands below it:

    response                     a suggested response in the brand's voice
    incident | oncall            states, open-join-ignore, escalation; who is on call
    score | trend                three scores with their reasons; series, baseline, spike
    query                        the Boolean language and its matcher
    mention                      what a mention is
    text | severity              what a word is; SEV1 to SEV4
    errors
"""
