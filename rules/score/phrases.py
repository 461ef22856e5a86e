"""Lists of words and phrases looked for in every mention, at the cost of those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rules.text import Tokens, atoms_of


@dataclass(frozen=True, slots=True)
class Found:
    """One listed phrase in one field; ``group`` is the list it stands in."""

    group: str
    phrase: str
    span: tuple[str, int, int]


class Phrasebook:
    """Named groups of phrases. Words are those of rules/text.py, so #jobs is not jobs."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self.groups = tuple(groups)
        self._by_word: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for group, phrases in groups.items():
            for phrase in phrases:
                atoms = atoms_of(phrase)
                if atoms:
                    rarest = max(atoms, key=len)
                    self._by_word.setdefault(rarest, []).append((group, phrase, atoms))

    def find(self, fields: Iterable[tuple[str, Tokens]]) -> list[Found]:
        """The first place of each phrase, in reading order."""
        out: list[Found] = []
        for name, tokens in fields:
            if tokens.atoms.isdisjoint(self._by_word):
                continue
            here = [
                Found(group, phrase, (name, *places[0]))
                for word in self._by_word.keys() & tokens.atoms
                for group, phrase, atoms in self._by_word[word]
                if (places := tokens.find(atoms, limit=1))
            ]
            out += sorted(here, key=lambda found: (found.span[1:], found.group, found.phrase))
        return out


NOT_ABOUT: Final = Phrasebook(
    {
        "job advert": (
            "we're hiring",
            "we are hiring",
            "is hiring",
            "are hiring",
            "now hiring",
            "hiring now",
            "job opening",
            "job openings",
            "job opportunity",
            "job opportunities",
            "job vacancy",
            "job vacancies",
            "job alert",
            "career opportunity",
            "career opportunities",
            "apply today",
            "join our team",
            "send your cv",
            "#jobs",
            "#job",
            "#hiring",
            "#nowhiring",
            "#wearehiring",
            "#careers",
            "#vacancy",
        ),
        "giveaway or coupon": (
            "giveaway",
            "giveaways",
            "#giveaway",
            "sweepstakes",
            "enter to win",
            "chance to win",
            "retweet to win",
            "rt to win",
            "follow and retweet",
            "follow and rt",
            "use promo code",
            "use discount code",
            "use coupon code",
            "use my code",
            "use code",
            "free coupons",
            "referral code",
            "affiliate link",
            "#ad",
            "#coupon",
            "#coupons",
            "#dealoftheday",
            "gift card generator",
        ),
    }
)

TOPIC_RISKS: Final = Phrasebook(
    {
        "safety": (
            "unsafe",
            "safety risk",
            "safety hazard",
            "safety concerns",
            "safety failure",
            "fire hazard",
            "caught fire",
            "on fire",
            "explosion",
            "exploded",
            "toxic",
            "poisoning",
            "poisoned",
            "contaminated",
            "contamination",
            "salmonella",
            "listeria",
            "e. coli",
            "evacuated",
            "emergency landing",
            "crashed into",
            "plane crash",
            "car crash",
            "gas leak",
            "choking hazard",
        ),
        "injury or death": (
            "injured",
            "injuries",
            "serious injury",
            "personal injury",
            "killed",
            "deaths",
            "fatal",
            "fatality",
            "hospitalised",
            "hospitalized",
            "in hospital",
            "died after",
            "has died",
            "allergic reaction",
            "food poisoning",
            "electrocuted",
            "suicide",
        ),
        "recall": ("recall", "recalls", "recalled", "product recall", "do not eat", "do not use"),
        "legal": (
            "lawsuit",
            "lawsuits",
            "class action",
            "sued",
            "suing",
            "sue you",
            "my lawyer",
            "my attorney",
            "prosecuted",
            "prosecutors",
            "indicted",
            "subpoena",
            "regulator",
            "antitrust",
            "fined",
            "court ruling",
            "injunction",
        ),
        "data breach": (
            "data breach",
            "data leak",
            "leaked data",
            "data leaked",
            "hacked",
            "hackers",
            "ransomware",
            "identity theft",
            "stolen data",
            "customer data",
            "privacy violation",
            "passwords leaked",
            "security breach",
        ),
        "discrimination or harassment": (
            "racist",
            "racism",
            "sexist",
            "sexism",
            "homophobic",
            "transphobic",
            "antisemitic",
            "islamophobic",
            "discrimination",
            "discriminated",
            "discriminates",
            "harassment",
            "harassed",
            "sexual assault",
            "sexually assaulted",
            "racial profiling",
            "ableist",
        ),
        "boycott": (
            "boycott",
            "boycotting",
            "boycotts",
            "#boycott",
            "never buy again",
            "cancel my subscription",
            "petition",
        ),
        "executive": (
            "ceo resigns",
            "ceo steps down",
            "ceo arrested",
            "ceo fired",
            "resign",
            "resignation",
            "ousted",
            "misconduct",
            "insider trading",
        ),
        "fraud or corruption": (
            "fraud",
            "fraudulent",
            "bribery",
            "bribes",
            "bribe",
            "corruption",
            "embezzlement",
            "money laundering",
            "tax evasion",
            "price fixing",
            "price gouging",
            "greenwashing",
            "cover up",
            "coverup",
            "covered up",
            "whistleblower",
        ),
        "labour": (
            "child labour",
            "child labor",
            "sweatshop",
            "sweatshops",
            "forced labour",
            "forced labor",
            "slave labour",
            "slave labor",
            "wage theft",
            "union busting",
            "walkout",
            "mass layoffs",
        ),
        "environment or animals": (
            "oil spill",
            "chemical spill",
            "toxic waste",
            "polluting",
            "pollution",
            "animal cruelty",
            "animal abuse",
            "deforestation",
        ),
        "police": ("police", "arrested", "bomb threat", "terrorist", "shooting"),
    }
)
