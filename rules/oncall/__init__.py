"""Who is on call: rotas with turns in local time, and overrides.

``zoneinfo`` reads the zone files of the system (or tzdata): facts that do not depend on when
they are asked. May import ``rules.errors`` only.
"""

from rules.oncall.answerer import answerer
from rules.oncall.hours import Hours
from rules.oncall.rota import Override, Rota, on_call

__all__ = ["Hours", "Override", "Rota", "answerer", "on_call"]
