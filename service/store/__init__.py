"""All SQL. The seam between the rooms: each writes facts here and reads those of others.

``engine`` holds the only commit; ``tables`` one file per family of tables; beside them one module
per thing, of plain functions that take a Session. ``reads`` is what the doors show. SQLite (WAL)
and PostgreSQL are equal: whatever only one of them can do stands in ``dialect``.
"""
