"""A query before it is saved, and the saving of it.

A query is read with the lists it may name, tried on its examples, and saved only when it keeps
what they promise, unless somebody says that it shall be saved all the same. Command line, API,
pages and workspace files all go this way, so that one query is never judged in two ways.

    examples    the texts a query is tested on, as they are kept, and back
    lists       which lists a query may name
    draft       one text, judged: errors, warnings, cost, outcomes
    place       where in a text something is, for people: line, column, excerpt
    save        queries and lists into the store, or the reason why not

May be imported by workspace, ingest, cli, api and web; knows the store and the rules.
"""
