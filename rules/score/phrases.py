"""What makes a mention look as if it were not about the brand, in English."""

from __future__ import annotations

from typing import Final

from rules.topic.phrasebook import Phrasebook

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
