"""Search over history: which stored mentions does a query hold of?

The same matcher answers as when they came in; the database's index only saves asking it about most
of them. Every mention has a row in ``mention_words`` with the words that it holds (SQLite: FTS5;
PostgreSQL: a tsvector with a GIN index), and a query says which words must be there.

    words        what of a document goes into the index: our own words, so that no database's
                 tokeniser can disagree with ours
    needed       a query's tree to what must be there: never too much, so that nothing is lost
    facts        a query's facts to conditions on columns, likewise
    index        writing the index, and how far it reaches
    catch_up     indexing what was stored before there was an index, or under another form of words
    places       where mentions that may match stand in time, newest first
    scan         those mentions, read and asked, within a budget
    find         one page of what matches; counts per day
    missed       fetched posts that no query matched, as far as a query can be asked of them
    preview      what a query would catch, and how that differs from the query as it is

Index and words know nothing of the other modules of the store; ``store/mentions`` writes by them.
"""
