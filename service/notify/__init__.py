"""Tells people: renders outbox rows and sends them, each notifier in its own file.

``deliver_due`` is the only way out. This room reads what others wrote to the store and writes only
how a delivery went. slack-sdk is imported in ``slack`` alone.
"""

from service.notify.deliver import deliver_due
from service.notify.notifier import Message, Notifier, NotifyError, Receipt
from service.notify.table import build_notifiers

__all__ = ["Message", "Notifier", "NotifyError", "Receipt", "build_notifiers", "deliver_due"]
