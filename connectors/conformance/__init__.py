"""Whether a connector keeps the contract: ``groundswell connectors check NAME``.

A connector brings examples (see ``example.py``): what its platform answers, and the mentions that
must come of it. ``check`` plays them on an origin of its own on this machine, through the real
HTTP client, and goes through ``checks.CHECKS`` one by one. Nothing leaves the machine.
"""

from connectors.conformance.checks import CHECKS
from connectors.conformance.example import Example, InvalidExample, examples_of
from connectors.conformance.run import Result, check
from connectors.conformance.trial import CheckFailed

__all__ = ["CHECKS", "CheckFailed", "Example", "InvalidExample", "Result", "check", "examples_of"]
