"""What to say first: from the facts of a crisis to a draft in the brand's voice.

The shape is that of situational crisis communication theory (W. T. Coombs, "Protecting
Organization Reputations During a Crisis", Corporate Reputation Review 10(3), 2007): who the public
holds responsible decides the cluster, the cluster decides the strategy. Two clusters are ours,
because social listening sees them most: a service that fails, and a false story.

A draft is for a person to finish. It holds no fact that was not given: what is not known stands
as a visible ``[...]``. ``guards`` say what must happen before anybody publishes it.
"""

from rules.response.cluster import Cluster, CrisisFacts
from rules.response.red_lines import touched_red_lines
from rules.response.suggest import Strategy, Suggestion, suggest
from rules.response.templates import DEFAULT_TEMPLATES
from rules.response.voice import Voice

__all__ = [
    "DEFAULT_TEMPLATES",
    "VERSION",
    "Cluster",
    "CrisisFacts",
    "Strategy",
    "Suggestion",
    "Voice",
    "suggest",
    "touched_red_lines",
]

VERSION = "response-1"
