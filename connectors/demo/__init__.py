"""A made-up brand, its four weeks of history and a firestorm that unfolds now. No network.

Brand, people and posts are invented; links lead to demo.invalid, which never resolves. ``posts``
says what was posted when, a pure function of seed and time; ``client`` cuts it into polls.
"""

from datetime import timedelta

from connectors.contract import Kind
from connectors.demo.client import DemoConnector
from connectors.demo.config import DemoSettings

KIND = Kind(
    settings=DemoSettings,
    build=DemoConnector,
    summary="A made-up brand with four weeks of history and a crisis unfolding now.",
    every=timedelta(seconds=5),
)

__all__ = ["KIND", "DemoConnector", "DemoSettings"]
