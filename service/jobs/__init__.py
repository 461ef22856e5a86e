"""The ticks. ``table`` lists the jobs; ``scheduler`` is the only place that knows APScheduler.

A job asks the store what is due, does it and returns. Nothing lives in a timer.
"""
