"""Words that say nothing of what a text is about, folded, in the languages most read."""

from __future__ import annotations

from typing import Final

_HOLD_TOGETHER: Final = """
    a aber about after al all alla als am amp an and any ao aos are as at au auch auf aus aux
    avec be been bei being bin bis but by can ce ces che chi ci com como con cosi could da dal
    dalla dans das dass de degli dei del della dem den der des di did die do doch does dos du e
    ein eine einem einen el elle em en er es est esta este et eu foi for from fur gli had has
    hat hatte have he her here him his ho how i ich if ihr il ils im in into io is ist it its ja
    je just la las le les leur lo los ma mais mas me mes mi mit mon more muy my na nach nas ne
    nel nella nem nicht no noch non nos not nous now nur o oder of off on one ont or os ou our
    out over par para pas per pero piu plus por pour pra qu que quello questa questo qui rt sa
    schon se sein sem ses seu she should si sich sie sin sind so sobre some son sono sont su sua
    sur te than that the their them then there these they this those ti to too tra tu uber um
    uma un una und une uns up us very via voce vom von vor vous war was we wenn wer were what
    when where which while who why wie will wir wird with would y ya you your zu zum zur
"""
FUNCTION_WORDS: Final = frozenset(_HOLD_TOGETHER.split())
"""Words that hold sentences together in the languages most read; they tell no story."""
