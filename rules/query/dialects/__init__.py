"""Other tools' queries in our spelling: Brandwatch, Meltwater, Talkwalker and Lucene.

    convert('language:en AND {BT} NEAR/3f "broad band*"', dialect="brandwatch")
    ->  Conversion('lang:en AND raw:"BT" ONEAR/3 "broad band*"', notes)

One lexer and one reader serve all; a dialect is a table of its operators, signs and fields. Each
note says how something came over, and where in the foreign text it stood: carried (written
otherwise, the same meaning), changed (not quite the same), lost (left out, and whether the query
then finds more or less). What comes out is always a query that we can read; what is refused is
told with its place in the foreign text. The tables for people are in docs/importing-queries.md.
"""

from __future__ import annotations

from rules.query.dialects.conversion import DIALECTS, Conversion, convert
from rules.query.dialects.guessing import guess
from rules.query.dialects.parts import Level, Note

__all__ = ["DIALECTS", "Conversion", "Level", "Note", "convert", "guess"]
