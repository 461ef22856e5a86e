"""What alert rules would have done over the stored past, and what that would have cost.

    rulesets   rules of a file, or those of the store: which one holds for a query
    history    what is read once and tried often: series, people, what really happened
    run        one set of rules over it: incidents, pages, the bill
    picture    the course of a query beside what was usual, for a chart
    budget     the sensitivity that keeps to a number of pages a week
    notes      what history cannot tell
    report     all of it as JSON

Reads the store and writes nothing. What would have happened is decided by ``rules.backtest``.
"""
