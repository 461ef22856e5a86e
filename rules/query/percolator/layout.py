"""Arrays that the kernels share, and the numbers by which they are found in them."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

Ints = Any
Hashes = Any
Codes = Any
Bytes = Any
Longs = Any
Floats = Any
"""Pointers to numbers of 32 bits, with sign or without, of 64, to bytes and to floats: kernels
index them like arrays, but nothing keeps an index in bounds. Arrays themselves take seven numbers
each through every call, and made the compiler take minutes."""

TITLE: Final = 1
TEXT: Final = 2
AUTHOR: Final = 4
FACT: Final = 8
"""Where a word stands, as a bit; facts are words of a field of their own."""

ELSEWHERE: Final = 16
"""Beside the fields of an atom: it also stands where the word itself is another."""

GAP: Final = 128
"""Numbers left out between the words of two fields: more than any distance of NEAR."""

PLACES: Final = 512
"""Places of one side of NEAR in one field that are compared here; with more the matcher decides."""

UNKNOWN_ROOM: Final = 256
SPANS_SORTED: Final = 4_096
"""Spans of one match that are put in order here; with more, rules/query decides."""

FIRST_CHARACTER: Final = 4
"""Where in the bounds the beginnings of the three fields stand, and the end of the last."""

EMPTY: Final = -1
GONE: Final = -2
"""Slots of the tables: never used, and given back."""

SEED: Final = 0x9E3779B97F4A7C15
RAW_SEED: Final = 0xC2B2AE3D27D4EB4F
LOOKALIKE_SEED: Final = 0x27D4EB2F165667C5
HOST_SEED: Final = 0x165667B19E3779F9
FACTOR: Final = 0xFF51AFD7ED558CCD
BITMAP_BITS: Final = 20
"""128 KiB that stay near tell most words that no query asks for."""

LOOKS_SIZE: Final = 0xA800
"""More than the code point of any character that looks like a Latin letter."""

STAR: Final = 0x110000
ANY: Final = 0x110001
"""Wildcards within the code points of a pattern; no character has these numbers."""

LONGEST_KEY: Final = 12
STRETCH: Final = 3
"""Letters by which patterns are found: of a beginning or ending, and of a stretch within."""

BEGINNING: Final = 0
ENDING: Final = 1
MIDDLE: Final = 2
ADDRESSES: Final = 3
HOSTS: Final = 4
RAWS: Final = 5
LOOKALIKES: Final = 6
SLOT_MASK: Final = 7
KEY_MASK: Final = 8
RAW_LETTERS: Final = 9
MASKS: Final = 10
"""Places in the masks: the lengths of keys of each kind, whether there are others at all, and by
what a hash becomes a slot of the two tables; a bit for each first letter of a raw run, by its last
six bits."""

PLAIN: Final = 0
RUN: Final = 1
TAG: Final = 2
HOST: Final = 3
NAME: Final = 4
"""What is looked up: a word, all words of a run in a tag, a tag with its sign, a host, and another
name of an address. Patterns fit the first two; those that begin with a sign fit tags."""

ATOM_ROW: Final = 8
FIELDS: Final = 0
FIRST: Final = 1
LAST: Final = 2
SEEN: Final = 3
POSTING: Final = 4
AT: Final = 5
LENGTH: Final = 6
CHAIN: Final = 7
"""Of an atom, in one line of the cache: the fields in which the mention at hand has it, its first
and last hit; how many mentions had it; the first query filed under it; where its code points are,
and how many; the next pattern under the same key."""

SUFFICES: Final = 32
"""Beside the fields of a posting: who has this atom there is matched, there is nothing to try."""

QUERY_ROW: Final = 8
BEGIN: Final = 0
END: Final = 1
HARD: Final = 2
ORDER: Final = 3
STAMP: Final = 4
TRIED: Final = 5
"""Of a query: its nodes, whether only rules/query can decide, its place among others; the mention
it was last tried on, and how often it was tried."""

AND: Final = 0
OR: Final = 1
NOT: Final = 2
WORD: Final = 3
PHRASE: Final = 4
NEAR: Final = 5
NUMBER: Final = 6
RAW: Final = 7
ALL: Final = 8
ALWAYS: Final = 9
NEVER: Final = 10
"""Nodes of a program. ALL is what a node that only rules/query can decide needs at least."""

NUMBERS_KNOWN: Final = 5
"""Followers, engagement, reach, rating and the date of each mention, to be compared."""

LESS: Final = 0
LESS_OR_SAME: Final = 1
SAME: Final = 2
MORE_OR_SAME: Final = 3
MORE: Final = 4


class Counts:
    """Places in the array of counters."""

    WORDS: Final = 0
    HITS: Final = 1
    TOUCHED: Final = 2
    UNKNOWN: Final = 3
    MATCHES: Final = 4
    SPANS: Final = 5
    STAMP: Final = 6
    ODD: Final = 7
    DOUBT: Final = 8
    DONE: Final = 9
    ODD_MENTIONS: Final = 10
    HIT_ROOM: Final = 11
    MATCH_ROOM: Final = 12
    SPAN_ROOM: Final = 13
    MENTIONS: Final = 14
    COLUMNS: Final = 15
    IS_GIVEN: Final = 16
    BEGIN: Final = 17
    SIZE: Final = 18


class Atoms(NamedTuple):
    """Everything that queries ask for, found by hash.

    ``slots`` is an open addressing table of atoms; ``bitmap`` holds a bit for every hash in it.
    An atom's code points stand in ``codes``, ``rows`` tells where. Patterns are filed by
    ``keys`` (hashes of a beginning, an ending or a stretch): ``key_slots`` of them lead to the
    first of a chain of atoms. The masks tell which lengths of keys there are.
    """

    bitmap: Hashes
    slots: Ints
    hashes: Hashes
    codes: Codes
    key_slots: Ints
    keys: Hashes
    key_first: Ints
    rows: Ints
    masks: Hashes


class Words(NamedTuple):
    """What was found in the mention at hand: its words, and the hits of atoms among them.

    ``rows`` has eight numbers for each atom, see ATOM_ROW; ``present`` a bit for each that the
    mention has, small enough to stay near. Hits of one atom are chained in reading order
    (``hit_next``); those that are not the plain word itself also from the word they begin at
    (``beginning``, ``hit_beside``). ``bounds`` has the first word of title, text and author, then
    their characters.
    """

    starts: Ints
    ends: Ints
    atoms: Ints
    beginning: Ints
    hit_first: Ints
    hit_last: Ints
    hit_next: Ints
    hit_atom: Ints
    hit_beside: Ints
    touched: Ints
    rows: Ints
    present: Hashes
    folded: Codes
    looked: Codes
    looks: Codes
    unknown: Ints
    bounds: Ints
    counts: Longs


class Characters(NamedTuple):
    """``classes`` and ``folds`` by code point; a fold that spreads is a row of ``spread``."""

    classes: Codes
    folds: Codes
    spread: Codes


class Given(NamedTuple):
    """Fields that were cut already: three of each mention, with words and what is said of them.

    The words of field ``i`` are ``word_at[i]`` to ``word_at[i + 1]``; what is said (a word, a tag,
    and the first and last word each stands for) likewise, its characters from ``code_at`` on.
    """

    mentions: Ints
    word_at: Ints
    starts: Ints
    ends: Ints
    said_at: Ints
    first: Ints
    last: Ints
    kinds: Ints
    code_at: Ints
    codes: Codes


class Mentions(NamedTuple):
    """A batch: its characters, and where title, text and author of each begin (``offsets``).

    ``values`` are what is known of each, by number: ``at`` and ``atoms`` tell the atoms of a value.
    ``numbers`` are compared; one that is not known is no number (NaN). In ``odd`` come out those
    that only rules/text can cut.
    """

    codes: Codes
    offsets: Ints
    values: Ints
    at: Ints
    atoms: Ints
    numbers: Floats
    odd: Ints


class Programs(NamedTuple):
    """The queries, compiled.

    ``nodes`` (operator, argument, fields, how far on its parent is) stand behind one another,
    children before their parents; a query's row says where (QUERY_ROW), ``terms`` beside them whose
    words they are.
    ``lists`` holds what an argument points to. An atom's row leads to ``postings`` (query,
    fields, next).
    """

    nodes: Ints
    terms: Ints
    lists: Ints
    values: Floats
    queries: Ints
    postings: Ints
    term_at: Ints
    term_lengths: Ints
    term_codes: Codes


class Space(NamedTuple):
    """Room to work in, and what comes out."""

    held: Bytes
    place_first: Ints
    place_last: Ints
    place_leaf: Ints
    place_used: Ints
    last: Ints
    span_keys: Longs
    span_terms: Ints
    matches: Ints
    spans: Ints
