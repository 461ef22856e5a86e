"""What a word is: the one tokeniser that queries, matching and scores share.

The original string is cut, and each piece is normalised by itself, because normalising first may
change lengths and the spans would point beside the words. What comes out:

- a **word** is a run of letters and digits, folded by NFKC, case and diacritics ("Café" is
  "cafe"). Hyphens, apostrophes, underscores and all other signs separate words, so "wi-fi" is two
  words in a row; a possessive "'s" is dropped. Invisible characters inside a word are ignored.
- a **tag** is #word, @word or $TICKER. It is found as itself ("#acme") and as its words ("acme").
- scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) and Korean, whose
  particles cling to names, are cut character by character: a name in them is a phrase.
- an **address** (http://, https://, www.) is one opaque word: the words inside a link are not
  words of the text, so a link to /apple-pie is not about Apple. It is found as itself and by any
  beginning of its path, spelled with the prefix "url:". What follows the @ in an e-mail address
  or a full handle is opaque too ("host:").
- an **emoji** is a word; skin tones and presentation selectors are ignored.

Everything is linear in the length of the text.
"""

from __future__ import annotations

from rules.text.folding import fold
from rules.text.tokens import Tokens, atoms_of, tokenise

__all__ = ["Tokens", "atoms_of", "fold", "tokenise"]
