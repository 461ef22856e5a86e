"""What alert rules were worth to a brand, told for a span or for a month.

    account   precision, pages, minutes and delay by rule, and what was missed
    enter     what happened and no alert told of, from people or from a post
    month     the report of a month, beside the month before
    markdown  that report as Markdown

What is counted is decided by ``rules.backtest.ledger``; ``service.web`` shows it.
"""
