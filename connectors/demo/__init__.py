"""The demonstration: a made-up brand's four weeks, and a firestorm that unfolds from now on.

Everything here is invented: Lumo Kettles, Brewster & Vale, the people and the papers. Addresses
are below demo.invalid, which by RFC 2606 never exists; native ids begin with ``demo-``. Nothing is
fetched: what was "posted" is a function of the seed, of the moment of the first poll (kept in the
cursor) and of the time.

``story`` says when how much is posted about what, ``people`` by whom, ``texts`` in which words,
``generate`` puts them together, ``client`` is the connector.
"""

from datetime import timedelta

from connectors.contract import Kind
from connectors.demo.client import DemoConnector
from connectors.demo.config import DemoSettings

KIND = Kind(
    settings=DemoSettings,
    build=DemoConnector,
    summary="DEMO: a made-up brand with four weeks of history and a firestorm unfolding now.",
    every=timedelta(seconds=5),
)

__all__ = ["KIND", "DemoConnector", "DemoSettings"]
