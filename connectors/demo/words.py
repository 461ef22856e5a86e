"""What is said in the demo. All of it invented; ``{…}`` is filled from FILLINGS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BRAND: Final = "Quillfern"
COMPETITOR: Final = "Hobbledown"

POSITIVE: Final = (
    "Love my new {brand} kettle, it boils in {minutes} minutes and it is so quiet.",
    "{brand} support replaced my {part} for free within {days} days. Great service, thank you!",
    "Bought the {brand} {product} for my parents and they are delighted.",
    "Five years with the same {brand} {product} and it still works perfectly. Best purchase ever.",
    "The {brand} {product} looks beautiful in {colour}. Happy with it.",
    "Really impressed with how easy the {brand} {product} is to clean.",
    "Switched from {competitor} to {brand} and I am not going back. Wonderful {product}.",
    "Morning coffee with my {brand} {product}. Small joys. #quillfern",
    "Shout-out to {handle}: friendly, quick and honest answer about my {part}.",
)
NEUTRAL: Final = (
    "Does anybody know whether the {brand} {product} comes in {colour}?",
    "Comparing the {brand} {product} with the one by {competitor}. Any experience?",
    "{brand} opens a shop in {town} next month.",
    "What is the warranty on a {brand} {product}? The site says {days} months.",
    "Looking for a spare {part} for a {brand} {product} from 2021.",
    "{brand} announces a {product} in {colour} for spring.",
    "Anyone at the trade fair in {town}? The {brand} stand is in hall {days}.",
    "Is the {brand} {product} sold in {town}? Asking for a friend.",
    "The new {competitor} {product} is out. Curious how it compares to the {brand} one.",
)
NEGATIVE: Final = (
    "My {brand} {product} arrived with a broken {part}. Annoying.",
    "{days} days and still no answer from {handle}. Disappointing support.",
    "The {part} of my {brand} {product} is already loose after {days} weeks. Poor quality.",
    "{brand} raised the price of the {product} again. Too expensive for what it is.",
    "The {brand} app keeps failing to connect. Terrible update.",
    "The {competitor} {product} I had before was bad, but this {brand} one is worse.",
)
STORM: Final = (
    "The handle of my {brand} kettle snapped off while full of boiling water. I am burned and "
    "furious. This is dangerous.",
    "WARNING: my {brand} kettle handle broke and boiling water went everywhere. My {person} is in "
    "hospital with burns. Stop using it!",
    "{handle} your kettle handle just broke in my hand. Scalding water all over the kitchen. "
    "Shame on you.",
    "Third person I know with a broken {brand} kettle handle. They knew it. Disgusting.",
    "Is there a recall for the {brand} kettle? My handle cracked too and I am scared to use it.",
    '{brand} told me the broken handle is "normal wear". My {person} got burned! Outrageous.',
    "Never buying {brand} again. A kettle that injures people is a scandal, not a product.",
    "I want my money back, {handle}. A dangerous kettle and no answer for {days} hours.",
    "This video of the {brand} kettle handle snapping is horrifying. How is this still on sale?",
    "My {person} was burned by a {brand} kettle this morning. Awful. We are talking to a lawyer.",
    "So {brand} has known about the handle since {month} and kept selling it. Unbelievable. "
    "#quillfernburns",
    "Throw away your {brand} kettle. Seriously. The handle fails without warning. #quillfernburns",
    "Returned my {brand} kettle to the shop in {town}. They had {days} broken ones behind the "
    "counter. Terrible.",
    "The silence of {handle} while people are hurt is the worst part. Pathetic crisis handling.",
)
STORM_NEWS: Final = (
    "Customers report burns from failing {brand} kettle handles",
    "{brand} kettle: consumer group warns of dangerous handle",
    '"It snapped in my hand": anger grows over {brand} kettles',
    "Retailer in {town} stops selling {brand} kettle after injuries",
)
FILLINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "brand": (BRAND,),
    "competitor": (COMPETITOR,),
    "handle": ("@quillfern",),
    "product": ("kettle", "toaster", "coffee grinder", "blender"),
    "part": ("lid", "switch", "handle", "base", "filter"),
    "colour": ("sage green", "cream", "black", "copper", "pale blue"),
    "town": ("Ashmere", "Norwick", "Port Eldon", "Wexbury", "Lindholm"),
    "person": ("son", "daughter", "mother", "flatmate", "husband"),
    "month": ("March", "June", "last autumn", "spring"),
    "minutes": ("two", "three", "under three"),
    "days": ("2", "3", "4", "5", "6", "9", "12"),
}
FIRST_NAMES: Final = (
    "amira",
    "bela",
    "cato",
    "dunya",
    "edda",
    "finn",
    "gita",
    "hollis",
    "imre",
    "juno",
    "kaito",
    "lotte",
    "milo",
    "nadia",
    "osk",
    "petra",
    "quinn",
    "rafi",
    "sunniva",
    "tove",
    "ulla",
    "vida",
    "wren",
    "yara",
    "zeno",
)
SECOND_NAMES: Final = (
    "bakes",
    "draws",
    "writes",
    "runs",
    "reads",
    "codes",
    "hikes",
    "sings",
    "plants",
    "rows",
    "sews",
    "cycles",
    "films",
    "knits",
    "skates",
)
PAPERS: Final = ("Norwick Courier", "Ashmere Post", "The Wexbury Herald", "Lindholm Daily")
