"""Labelled series of counts: reading, disturbing and scoring them, and choosing a setting.

labelled   a series with its windows, from a folder
disturbed  copies of it as other brands, platforms and beginnings would have it
scorer     the folder's own score.py
alarms     where the detectors raise an alarm
choice     settings against each other: all series, disturbed copies, series left out
report     what benchmarks/detection.py prints
charts     drawings of series, band and alarms for the documentation
"""
