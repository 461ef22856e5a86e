"""What a word is: the one tokeniser that queries, matching and scores share.

The original string is cut, and each piece is normalised by itself, because normalising first may
change lengths and the spans would point beside the words. What comes out:

- a **word** is a run of letters and digits, folded by NFKC, case and diacritics ("Café" is
  "cafe"). Hyphens, apostrophes, underscores and all other signs separate words, so "wi-fi" is two
  words in a row; a possessive "'s" is dropped. Marks and invisible characters inside a word belong
  to it and count for nothing. Arabic is freed of points, lengthening strokes and spellings that
  only keyboards make; digits of all scripts are the same digits.
- a **tag** is #word, @word or $TICKER. It is found as itself ("#acme") and as its words ("acme").
  Capitals begin words in it: #AcmeRecall is the two words "acme recall", and also the one word
  "acmerecall", which then covers both (`humps` has the rule).
- scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) and Korean, whose
  particles cling to names, are cut sign by sign: a name in them is a phrase. A Korean syllable that
  comes in pieces is one sign.
- **Arabic and Hebrew** words are also found without "the", "and", "in", "to" that are written as
  part of them (`prefixes` has the table).
- an **address** (http://, https://, www.) is one opaque word: the words inside a link are not
  words of the text, so a link to /apple-pie is not about Apple. It is found as itself and by any
  beginning of its path, spelled with the prefix "url:"; spelled with "link:" also under the hosts
  above its own (`addresses`). What follows the @ in an e-mail address or a full handle is opaque
  too ("host:").
- an **emoji** is a word: a whole sequence, skin tones and presentation selectors ignored. A keycap
  is its digit.

**Exactly**, for whoever cuts in another way and must come to the same. Pieces are found from left
to right, at each place the first of these that fits, each as long as it can be (`pieces` has the
character classes; "letter" is ``str.isalnum`` or "_"):

1. address: http://, https:// or www. in any case, then everything but spaces and ``<>"“”„«»``;
2. word: letters of scripts with spaces, no "_" and no "ʼ", marks and invisibles after the first;
3. tag: # or @ not after a letter, then letters, marks and invisibles;
4. ticker: $ not after a letter, then one to six A-Z that no letter follows;
5. sign: a Korean syllable, or one letter of a script without spaces, with its marks;
6. host: @ after a letter, then a letter, then letters, dots and hyphens;
7. possessive: an apostrophe after a letter, then an s that no letter follows: no word;
8. emoji: two flag letters, or a picture and what is joined to it.

Everything else is skipped. A piece that folds to nothing is no word. What a piece is depends on its
own characters, on one character before it and one behind it, and on nothing else; what becomes of
it (folding, the words of a tag, the names of an address, the word without its prefix) depends on
the piece alone and is **context-free**: it can be kept per distinct piece. Plain ASCII text may be
lower-cased first, but for the capitals of tags. Sentences (`sentences`) depend on what stands
between two words and on the word before it, and what words look like (`lookalikes`) on the folded
word; both are worked out when asked for.

Everything is linear in the length of the text.
"""

from __future__ import annotations

from rules.text.folding import fold
from rules.text.late import LateTokens
from rules.text.lookalikes import skeleton
from rules.text.tokens import Tokens, atoms_of, tokenise

__all__ = ["LateTokens", "Tokens", "atoms_of", "fold", "skeleton", "tokenise"]
