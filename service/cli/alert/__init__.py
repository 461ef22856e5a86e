"""``groundswell alert``: alert rules on the command line."""

from service.cli.alert import export

__all__ = ["export"]
