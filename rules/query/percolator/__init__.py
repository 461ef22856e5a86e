"""Many queries against many mentions: exactly the answers of the matcher, at far less cost.

`queryset` is the door. `few` files queries under words in a dictionary and asks the matcher: for
single mentions and small sets. For large sets and batches there is the `engine`: queries become
rows of numbers (`compiling`, `programs`), filed under the rarest words they demand (`filing`), and
machine code (`kernels`) cuts a batch of mentions into words as rules/text
does, looks them up (`vocabulary`), walks the queries they give away and writes spans. What the
kernels cannot do exactly is handed back: fields in scripts whose letters join are cut by
rules/text, and sentences, stretches, NEAR within NEAR and patterns in phrases are decided by the
matcher, for the few pairs where they matter.
"""

from __future__ import annotations

from rules.query.percolator.queryset import QuerySet

__all__ = ["QuerySet"]
