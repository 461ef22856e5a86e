"""In which tone a mention speaks of each topic."""

from __future__ import annotations

from rules.query import Document
from rules.score import BrandContext, Label
from rules.score.aspects import MOST_JUDGED, Spoken, spoken
from rules.text import tokenise
from rules.topic import Topic, Topics
from tests.builders import a_mention

NAMES = ("delivery", "staff", "price", "app", "queue", "lid", "refund")
TOPICS = Topics([Topic(f"the {name}", phrases=(name,)) for name in NAMES], aspects=False)
ACME = BrandContext("Acme", topics=TOPICS)
BAD = "is horrible, the worst, I hate it"
GOOD = "is wonderful, thank you, I love it"
WHOLE = (0.123, Label.NEUTRAL)


def tones(text: str, *, title: str = "", whole: tuple[float, Label] = WHOLE) -> dict[str, Spoken]:
    mention = a_mention(text=text, title=title)
    both = (("title", title), ("text", text))
    told = spoken(
        mention,
        touched=TOPICS.find(Document.of(mention)),
        brand=ACME,
        fields=tuple((name, tokenise(each)) for name, each in both if each),
        language="en",
        whole=whole,
    )
    return {one.touched.topic: one for one in told}


def test_each_sentence_speaks_for_its_topics() -> None:
    found = tones(f"The delivery {BAD}. The staff {GOOD}! And so on.")
    assert found["the delivery"].label is Label.NEGATIVE
    assert found["the staff"].label is Label.POSITIVE
    assert found["the delivery"].polarity < 0 < found["the staff"].polarity


def test_a_topic_in_title_and_text_has_the_tone_of_both() -> None:
    found = tones(f"Hello. The delivery {BAD}. Bye.", title="My delivery")
    assert found["the delivery"].label is Label.NEGATIVE


def test_one_sentence_has_the_tone_of_the_whole() -> None:
    found = tones(f"The delivery {BAD}")
    assert (found["the delivery"].polarity, found["the delivery"].label) == WHOLE


def test_what_could_not_be_judged_is_unknown_in_every_part() -> None:
    found = tones(f"The delivery {BAD}. Hello.", whole=(0.0, Label.UNKNOWN))
    assert found["the delivery"].label is Label.UNKNOWN


def test_a_few_sentences_are_judged_and_the_whole_speaks_for_the_rest() -> None:
    found = tones(" ".join(f"The {name} {BAD}." for name in NAMES))
    judged = [name for name, one in found.items() if one.label is Label.NEGATIVE]
    assert len(judged) == MOST_JUDGED < len(NAMES) == len(found)
