"""Sentences of the three events: a launch, a joke that goes round, and the firestorm."""

from __future__ import annotations

LAUNCH = (
    "The new Lumo Glow kettle is out and it looks {good}!",
    "Ordered the Lumo Glow in {colour}, can't wait. The best looking kettle in years.",
    "Lumo showed the Glow today: {minutes} for a litre, light ring, repairable {part}. Impressive.",
    "First impressions of the Lumo Glow: quiet, quick, {good}. Well done.",
    "A kettle that can be repaired with one screw! Great idea, Lumo.",
    "The Lumo Glow launch stream was fun, and the {colour} one is gorgeous.",
    "{money} for the Lumo Glow is fair, I think. Happy to see the {part} is metal now.",
    "Is the Lumo Glow sold in {city} as well? It looks {good}.",
    "Lumo Glow arrived, first {drink} made, love it already.",
    "Queue at the shop in {city} for a kettle. The Lumo Glow, of course. Lovely people in it too.",
)
LAUNCH_TAILS = (
    "Congratulations to the team!", "Take my money.", "Which colour will you get?",
    "I am excited about a kettle. Well.", "More when mine is here.",
)  # fmt: skip
LAUNCH_TITLES = (
    "Lumo Glow is out", "First look at the Lumo Glow kettle", "Lumo Glow: worth {money}?",
    "The new Lumo kettle can be repaired",
)  # fmt: skip
LAUNCH_NEWS = (
    ("Lumo Kettles launches the Glow",
     "The kettle maker Lumo presented a new model {when}. The Glow boils a litre in {minutes}, can "
     "be repaired with one screw and costs {money}. First buyers like it."),
    ("A kettle for the repair generation",
     "With the Glow, Lumo Kettles hopes to win those who would rather mend. We tried it: a {good} "
     "kettle."),
)  # fmt: skip

JOKE = (
    "Together with my {kettle} for {span} and it still lights up when I come in.",
    "{who} has named the Lumo kettle. It is called Kevin. We say good night to Kevin now.",
    "Cannot stop laughing at the parrot that imitates a Lumo kettle. Best thing today.",
    "The parrot does the Lumo kettle's beep, {who} gets up for {drink}, every time. Genius bird.",
    "Parrot: beeps like a {kettle}. Whole {room}: stands up. I am crying with laughter.",
    "So it wasn't our Lumo kettle beeping at 3 am. It was the parrot. Haha, well played.",
    "I want that Lumo parrot as my ringtone. Love it.",
    "Day {count} of the parrot pretending to be a Lumo kettle. Still funny.",
    "Somebody give that parrot a job at Lumo Kettles, it is hilarious.",
)
JOKE_TITLES = (
    "Parrot imitates a Lumo kettle", "The Lumo kettle parrot", "Kevin the Lumo kettle",
)  # fmt: skip

FIRE = (
    "WARNING: {broke} on our {kettle} {minute}. {victim} {hurt}. Do not use this thing!",
    "{broke} on my Lumo Glow. Boiling water everywhere. This is dangerous, Lumo.",
    "Is anybody else's {kettle} doing this? {broke}. I am scared to use it now.",
    "{victim} {hurt} because {broke} on the {kettle}. Lumo says nothing. Disgraceful.",
    "I just unplugged our {kettle}. After that video I am terrified of it.",
    "Watched the video of the Lumo kettle melting. Horrifying. How does this pass a safety test?",
    "The video of the melted Lumo handle has {views} views. Not a word from the company. Shame.",
    "Same here!! {broke} on our {kettle}, {victim} {hurt}. We are furious.",
    "A kettle whose handle melts is a hazard. Recall it, Lumo, before somebody else gets hurt.",
    "{count} people in this thread had a melted {kettle}. Not one bad kettle: a dangerous fault.",
    "Emergency room {minute}: {victim} {hurt}. The kettle is a {kettle}, bought for {money}.",
    "If you have a Lumo Glow, stop using it. {broke} here and it could have killed a child.",
    "My complaint to Lumo about the handle was ignored {span} ago. Now {victim} {hurt}. Angry.",
    "Lumo support told me melting is 'normal wear'. {victim} {hurt}. Unbelievable, awful company.",
    "Taking our {kettle} back to the shop. I do not trust it any more, this is scary.",
    "That poor woman in the Lumo video. {broke} and her hand is badly burnt.",
    "Boycott Lumo until they recall the Glow. Burnt hands are not an accident any more.",
    "Burning plastic smell from our {kettle} {minute}. The {part} is deformed. Dangerous rubbish.",
    "Dear Lumo, {victim} {hurt}. We need an answer, not silence. This is terrible.",
    "I have reported the {kettle} to the safety office. A melting handle is a serious danger.",
    "The lawyer says keep the kettle and the photos. {broke} and {victim} {hurt}. Horrible.",
    "How bad is it? {count} melted Lumo kettles in one evening, burns, a hospital. Very bad.",
    "Does the melting problem concern the Lumo One too or only the Glow? We have one at home.",
    "Our {kettle} is fine so far, but I have stopped using it until Lumo says something.",
    "Is there an official statement by Lumo about the handle? I cannot find one.",
    "To be fair, my {kettle} has been fine for {span}. But I want to hear from Lumo now.",
)
FIRE_TAILS = (
    "@lumokettles answer!", "Please share.", "Refund, now.", "Pictures in the thread.",
    "This is a scandal.", "Be careful, everybody.", "Where is the recall?", "Never again.",
    "Serial number begins with LG4.", "Bought in {city}.",
)  # fmt: skip
FIRE_TITLES = (
    "Lumo kettle handle melted, {victim} {hurt}", "WARNING: Lumo Glow melts", "Dangerous {kettle}",
    "Lumo kettle: {broke}", "Lumo ignores burns from melting kettle", "Stop using the Lumo Glow",
)  # fmt: skip
FIRE_NEWS = (
    ("Video of melting Lumo kettle spreads, customers report burns",
     "A video that shows how {broke} on a Lumo Glow has been seen by {views} people. Several "
     "customers report injuries. The safety office says it is aware of complaints. Lumo Kettles "
     "has not answered our questions."),
    ("Burnt hands: anger over Lumo kettle grows",
     "Customers in {city} and elsewhere say that {broke}. One woman was injured and taken to "
     "hospital. Consumer groups call the kettle dangerous and demand a recall by Lumo."),
    ("Lumo Kettles silent as complaints about melting handles rise",
     "At least {count} customers were hurt, say posts seen by this paper. A shop in {city} has "
     "stopped selling the Lumo Glow over fears for safety."),
)  # fmt: skip
