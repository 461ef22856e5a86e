"""The pages: rendered here, readable on a phone at night, whole without JavaScript.

Rules, in this order:

1. Everything from the internet is text. Templates escape by themselves; nothing is marked safe but
   charts, whose every word went through ``escape``. Links lead to http(s) only.
2. No inline script or style: the content security policy allows neither.
3. A page reads through ``service/store/reads`` and changes through ``service/escalation``; it is
   not a client of our own API.
4. A change is a form with the session's token, answered by See Other.

``install(app)`` puts the pages and their error pages on an application that ``service.deps`` has
been installed on.
"""

from service.web.router import build_router, install

__all__ = ["build_router", "install"]
