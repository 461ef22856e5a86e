"""Who may come in, and how far: users with passwords, sessions, sign-in links, API tokens.

``roles`` says what a role may do; ``passwords`` hashes; ``users`` makes and changes users;
``sessions``, ``login_links`` and ``tokens`` hand out secrets of 32 random bytes of which the store
keeps only the SHA-256 (a random secret that long needs no slow hash); ``throttle`` slows guessing
down. Every function takes the store's Session and ``now``; nothing here knows about HTTP.
"""
