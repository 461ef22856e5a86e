"""Where words stand in one field, kept as bits: the arithmetic under the matcher.

A set of words is an integer whose bit ``i`` is word ``i``. A place is a first and a last word; a
set of places is ``Runs``: for each length in words, the set of first words. So "b follows a" is one
shift and one AND over the whole text, whether a word stands in it once or fifty thousand times, and
no text can make it slow: everything costs (length of the text / 64) for each word asked for.

Knows rules.text and nothing else.
"""

from __future__ import annotations

from rules.query.places.field import Field
from rules.query.places.listed import Places
from rules.query.places.runs import Runs, in_a_row, joined, stretches

__all__ = ["Field", "Places", "Runs", "in_a_row", "joined", "stretches"]
