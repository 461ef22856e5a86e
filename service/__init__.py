"""Does: composes what the connectors fetch with what the rules decide.

Rooms, top to bottom; each may import only what stands below it, and rooms on one line do not know
each other:

    __main__ | cli                    one file per command
    main                              create_app() and serve(): the whole program in one process
    api | web | jobs | replay         doors and ticks
    deps                              what a request gets: session, user, runtime
    runtime                           composition root: settings to store, HTTP, notifiers, clock
    ingest | escalation | notify | auth | workspace
    store                             all SQL
    settings | clock | errors | logs | metrics
"""
