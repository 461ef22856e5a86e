"""Sentences of ordinary days."""

from __future__ import annotations

SLOTS: dict[str, tuple[str, ...]] = {
    "kettle": (
        "Lumo kettle", "Lumo", "Lumo One", "Lumo Glow", "Lumo Mini", "little Lumo kettle",
        "Lumo Glow kettle", "Lumo gooseneck",
    ),
    "drink": ("tea", "coffee", "oolong", "porridge", "peppermint tea", "cocoa", "an Earl Grey"),
    "who": (
        "my flatmate", "my mum", "our office", "my husband", "grandad", "my sister",
        "the neighbour", "my wife", "a colleague", "my youngest",
    ),
    "victim": (
        "my flatmate", "my mum", "my husband", "grandad", "my sister", "the neighbour", "my wife",
        "a colleague", "my dad", "our babysitter",
    ),
    "span": (
        "three weeks", "a month", "half a year", "two years", "ten days", "a good year",
        "a whole winter", "four months",
    ),
    "part": ("lid", "handle", "base", "spout", "temperature dial", "light ring", "filter"),
    "minutes": ("two minutes", "under three minutes", "ninety seconds", "about two minutes"),
    "room": ("kitchen", "office kitchen", "caravan", "studio flat", "workshop", "student kitchen"),
    "good": ("lovely", "brilliant", "excellent", "great", "delightful", "superb", "really nice"),
    "bad": ("disappointing", "annoying", "poor", "frustrating", "awful", "rather sad"),
    "when": ("this morning", "last night", "over the weekend", "yesterday", "on Tuesday", "today"),
    "city": ("Leeds", "Utrecht", "Cork", "Gothenburg", "Bristol", "Ghent", "Toronto", "Dunedin"),
    "colour": ("sage green", "cream", "midnight blue", "brick red", "brushed steel", "charcoal"),
    "money": ("£39", "€45", "£52", "$59", "€64"),
    "count": ("two", "three", "four", "five", "six"),
    "degrees": ("70", "80", "85", "92", "96"),
    "minute": ("ten minutes ago", "just now", "an hour ago", "this evening", "at breakfast"),
    "hurt": (
        "burnt a hand badly", "has blisters all over the palm", "was scalded and is in pain",
        "got a nasty burn on the wrist", "is in hospital with an injured hand",
        "has a painful burn across three fingers",
    ),
    "broke": (
        "the handle melted", "the lid melted and fell in", "the handle went soft and broke off",
        "the lid warped and boiling water poured out", "the handle gave way with a full kettle",
        "the whole lid collapsed into the boiling water",
    ),
    "views": ("40k", "90k", "120,000", "a quarter of a million", "300k"),
}  # fmt: skip

TAGS = ("#tea", "#kitchen", "#smallthings", "#homeware", "#coffee", "#brewing")

PRAISE = (
    "My {kettle} boils a full litre in {minutes}. {good}!",
    "Bought the {kettle} in {colour} and it looks {good} in the {room}.",
    "Honestly the best {money} I spent this year was on a {kettle}. I love it.",
    "{span} with the {kettle} and it still pours perfectly. Happy with it.",
    "The {part} on the {kettle} is such a clever design, thank you whoever thought of that.",
    "Gave {who} a {kettle} for their birthday, big success, they love it.",
    "{drink} at {degrees} degrees, exactly right, every time. The {kettle} is {good}.",
    "Lumo's support sent me a new {part} for free, no questions asked. {good} service.",
    "The {kettle} is so quiet that it doesn't wake {who}. That alone is worth it.",
    "I was sceptical about a kettle with a light ring. I was wrong, the Lumo is a joy.",
    "Descaled the {kettle} after {span}; good as new. Easy and quick.",
    "New {room}, new {kettle}. It makes me smile every morning.",
    "Recommended the Lumo to {who} and now {count} people at work have one. Great little kettle.",
    "Perfect pour for filter coffee with the Lumo gooseneck, I enjoy every cup.",
    "Our {kettle} survived the move to {city} and {span} of students. Impressive.",
    "The Lumo keeps {drink} warm for ages and switches itself off. {good} thing.",
    "Compared {count} kettles and the {kettle} won easily: fast, safe, pretty.",
    "Lumo answered my question in ten minutes on a Sunday. That is {good} support.",
    "A kettle should not make one this happy, but here we are. Thanks, Lumo.",
    "Second {kettle} in this house, the first one went to {who}. Very good buy.",
    "The {colour} {kettle} is even nicer than on the pictures.",
    "It boils, it pours, it glows. The {kettle} is exactly what I wanted, well done.",
)
PRAISE_TAILS = (
    "Would buy again.", "Recommended.", "Five stars from {who} too.", "No regrets at {money}.",
    "Small pleasures.", "Worth every penny.", "And it was delivered to {city} in two days.",
    "Also comes in {colour}.", "Best thing in the {room}.", "Well done.",
)  # fmt: skip
PRAISE_TITLES = (
    "Very happy with the {kettle}", "{span} with a Lumo kettle: still great",
    "The {kettle} is a {good} kettle", "Love my {colour} Lumo", "Good support from Lumo",
    "{kettle}: fast and quiet", "A kettle worth {money}",
)  # fmt: skip

TALK = (
    "Does the {kettle} fit under a low cupboard? Mine is 40 cm.",
    "Which temperature do you use for {drink} on the {kettle}? {degrees} or lower?",
    "Is there a difference between the Lumo One and the Lumo Glow besides the light?",
    "Looking at the {kettle} for the {room}. Anybody here who has had one for {span}?",
    "Saw the {kettle} in {colour} at a shop in {city} {when}.",
    "How do you descale the {part} of a {kettle}? Citric acid or vinegar?",
    "My {kettle} says E2 after descaling; the manual says to let it cool. OK then.",
    "Today's setup: {kettle}, scales, {drink}, and {count} deadlines.",
    "The {kettle} is {money} at the moment, it was more last month.",
    "Has anybody replaced the {part} of a Lumo kettle? Where does one order it?",
    "Moving to {city}; does the Lumo come with another plug?",
    "{who} asks whether the {kettle} can be used for {drink} directly. I think not?",
    "Switching from a stove kettle to a {kettle} {when}. I will report.",
    "The Lumo app got an update, it shows the water level now.",
    "Is the {kettle} 2200 or 3000 watts? The box says one thing and the site another.",
    "Found a {kettle} manual from before the redesign, if anybody needs it.",
    "Counting: {count} of us on this floor have a {kettle}.",
    "Does anyone know whether the Lumo repair café in {city} takes kettles from {span} ago?",
    "I measured it: the {kettle} takes {minutes} for a litre from the tap.",
    "Lumo or a stove kettle for a {room}? We have gas.",
)
TALK_TAILS = (
    "Asking for {who}.", "Thanks in advance.", "No hurry.", "Any experience?",
    "It is for the {room}.", "The manual does not say.", "Curious.", "In {colour}, if it matters.",
)  # fmt: skip
TALK_TITLES = (
    "Question about the {kettle}", "Lumo One or Lumo Glow?", "{degrees} degrees on a Lumo kettle",
    "Anybody with a {kettle} for {span}?", "Descaling a {kettle}", "{kettle} in a {room}",
)  # fmt: skip

COMPLAINT = (
    "The {part} of my {kettle} broke after {span}. {bad}.",
    "My {kettle} leaks at the spout since {when}. {bad} for {money}.",
    "Waiting {span} for a new {part} from Lumo. This is {bad}.",
    "The light ring on the {kettle} failed {when}, second time. Not good enough.",
    "The {kettle} is louder than the old one and {who} hates it.",
    "Lumo's delivery to {city} was late again and nobody answers. {bad} service.",
    "The {part} sticks, the manual is no help. I am annoyed, Lumo.",
    "Limescale after {span} although I use filtered water. The {kettle} is {bad}.",
    "My Lumo stopped working after {span}. I expected better, sadly.",
    "The {kettle} drips on the counter every single time. Terrible spout.",
    "Paid {money} for a {kettle} and the {part} came with a crack. Unhappy.",
    "Support closed my complaint about the {kettle} without an answer. {bad}.",
    "The Lumo app lost the pairing again. I do not want to fight with a kettle.",
    "The temperature on the {kettle} is wrong by ten degrees; {drink} tastes bad.",
    "Colour of the {kettle} peels off at the {part}. Poor quality.",
)
COMPLAINT_TAILS = (
    "Sending it back.", "I want a refund.", "Not again.", "My old one was better.",
    "{who} told me so.", "Two stars for the looks.", "Sad, because it is pretty.",
)  # fmt: skip
COMPLAINT_TITLES = (
    "{kettle}: the {part} failed", "Disappointed by the {kettle}", "Poor service from Lumo",
    "Lumo kettle leaks", "Broken after {span}", "Not worth {money}",
)  # fmt: skip

RIVAL = (
    "The new Brewster & Vale kettle is {money} now, tempting.",
    "Brewster & Vale make a {good} toaster, and the kettle is fine too.",
    "My Brewster & Vale kettle broke after {span}, {bad}.",
    "{span} with a Brewster & Vale and it works like on the first day.",
    "Anybody compared Brewster & Vale with the others? It is for the {room}.",
    "Brewster & Vale changed the {part} and now it sticks. {bad}.",
    "Got a Brewster & Vale kettle from {who}. Looks {good}.",
    "Brewster & Vale have a sale in {city} {when}.",
    "The Brewster & Vale takes {minutes} for a litre, I timed it.",
    "Brewster & Vale sent a new {part} within a week. {good} service.",
    "Is the {colour} Brewster & Vale really the same kettle as last year's?",
    "Switched from Brewster & Vale to a {kettle}, and I like the spout better.",
)
RIVAL_TITLES = (
    "Brewster & Vale after {span}", "Brewster & Vale in a {room}", "My Brewster & Vale kettle",
    "Brewster & Vale: the {part}",
)  # fmt: skip

NOISE = (
    "Kettle corn at the market in {city} {when}, {good}.",
    "Put the kettle on, it is going to be a long night of {drink}.",
    "That is a fine kettle of fish, as {who} would say.",
    "Kettlebell class {when}. I cannot feel my arms.",
    "{drink} and a book and rain in {city}. Nothing more needed.",
    "A walk around Lake Lumo with {who}, {count} hours, sun all day.",
    "The steam kettle in the museum of {city} is older than the railway.",
    "Looking for a {colour} teapot, not too large, for {who}.",
    "The police kettled the march {when}, it was in the papers.",
    "First {drink} of the day. Do not speak to me yet.",
    "Lake Lumo was frozen {when}; {count} ducks looked puzzled.",
    "Kettle drums! The orchestra in {city} had {count} of them.",
)
NOISE_TITLES = (
    "A fine kettle of fish", "{drink} in {city}", "A day at Lake Lumo", "Which teapot for {who}?",
)  # fmt: skip

GOOD_NEWS = (
    ("{count} kettles in our test: Lumo comes out on top",
     "Our kitchen boiled water for a week. The {kettle} was the quickest, with an excellent spout "
     "and a quiet boil. It costs {money}."),
    ("Lumo Kettles opens a repair workshop in {city}",
     "Kettle maker Lumo welcomes customers who want to mend rather than buy. The first "
     "afternoon was a success, say visitors."),
)  # fmt: skip
PLAIN_NEWS = (
    ("Kettle makers agree on one standard for filters",
     "Lumo Kettles, Brewster & Vale and {count} smaller makers will use the same filter from next "
     "year, the trade body said {when}."),
    ("What a kettle costs to run",
     "We measured {count} kettles, among them a {kettle}. A litre takes {minutes} and some pence."),
    ("Lumo Kettles moves its warehouse to {city}",
     "Kettle maker Lumo said {when} that orders are shipped from the new site from next month."),
)  # fmt: skip
RIVAL_NEWS = (
    ("Brewster & Vale reports a steady year",
     "Sales of kettles and toasters were level with last year, Brewster & Vale said {when}."),
    ("Brewster & Vale to sponsor the {city} tea week",
     "The maker of kettles will hand out {drink} on {count} days."),
)  # fmt: skip
