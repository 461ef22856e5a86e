"""HTTP for connectors: one guarded, bounded, polite GET.

What stands here, bottom up: ``redact`` (addresses fit to be shown), ``guard`` (which addresses may
be asked), ``network`` (connects to the very address that was checked, within a deadline),
``decode`` (bounded gzip and deflate), ``answers`` (statuses to errors), ``client``.
"""

from connectors.http.client import Fetch, HttpClient, Limits, Response, user_agent
from connectors.http.redact import shown_url

__all__ = ["Fetch", "HttpClient", "Limits", "Response", "shown_url", "user_agent"]
