"""Which clauses of a query hold in a document, which do not, and what they missed by.

    explain_tree(query.tree, document)  ->  Clause(text, held, spans, near_miss, children, …)
    explain_absence(query.tree, document)  ->  "It does not contain the word acme; …"

May be imported by whoever may import rules.query; `misses` knows what to say of each operand.
"""

from __future__ import annotations

from rules.query.explanation.clause import Clause, explain_tree
from rules.query.explanation.sentence import explain_absence

__all__ = ["Clause", "explain_absence", "explain_tree"]
