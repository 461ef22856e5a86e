"""What a change would have made of the past: mentions that enter or leave, labels that flip, alerts
that appear or vanish.

    arm       one way to judge them, in a scratch store: the live pipeline, counted as live
    mentions  two ways side by side: entered, left, flipped
    alerts    the incidents of two backtests side by side
    whole     the difference as JSON
    proposal  a file of a workspace as a change

Reads the store and writes nothing. Where nothing differs nothing is told, byte for byte the same.
"""
