"""What a request gets: the runtime, a session of the store, the moment, and who is asking.

Rules, in this order:

1. A write is one transaction. ``WriteDep`` ends *before* the response is sent (FastAPI's
   ``scope="function"``): a commit that fails is an error the caller sees, not a lost write.
2. SQLite has one writer. Requests take turns for it on the event loop, not in the thread pool:
   forty requests asleep in forty threads would leave the one that holds the turn no thread to end
   in. Nothing else in a request may open ``store.write()`` of its own.
3. Callers of the API show a bearer token; a browser's session may read only, and only from our own
   pages. Changes from pages are forms with the session's CSRF token.
"""

from service.deps.callers import Caller, CallerDep, get_caller, need_scope
from service.deps.people import (
    CsrfDep,
    CsrfRefused,
    LoginNeeded,
    MaybeUserDep,
    ResponderDep,
    User,
    UserDep,
    cookie_name,
    need_role,
    safe_next,
)
from service.deps.request import NowDep, ReadDep, RuntimeDep, ThrottleDep, WriteDep
from service.deps.security import drop_session_cookie, install_security, set_session_cookie

__all__ = [
    "Caller",
    "CallerDep",
    "CsrfDep",
    "CsrfRefused",
    "LoginNeeded",
    "MaybeUserDep",
    "NowDep",
    "ReadDep",
    "ResponderDep",
    "RuntimeDep",
    "ThrottleDep",
    "User",
    "UserDep",
    "WriteDep",
    "cookie_name",
    "drop_session_cookie",
    "get_caller",
    "install_security",
    "need_role",
    "need_scope",
    "safe_next",
    "set_session_cookie",
]
