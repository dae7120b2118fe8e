"""What customers of the demonstration answer in two survey rounds."""

# Customer → marks that differ from its usual ones, and its words, in the round of a
# year ago. Keys are the ends of the questions' external ids.
LAST_YEAR = {
    "nordwind": {
        "score_delivery": 3,
        "score_communication": 4,
        "nps": 5,
        "why": "Three of eight orders late, and we had to ask each time.",
        "better": "Tell us before the date, not after it.",
    },
    "brightwell": {"nps": 9, "why": "Shades match from order to order."},
    "lone_mesa": {
        "score_quality": 4,
        "score_complaints": 2,
        "nps": 3,
        "why": "Shrinkage, and nobody took it seriously.",
    },
    "qingfeng": {"nps": 8, "why": "交期稳定，价格还可以再谈。"},
    "hoshizora": {"nps": 10, "why": "Careful packing since last autumn."},
    "kauri": {"score_price": 3, "nps": 6, "better": "Prices of small lots."},
}
# The same of the round that is running.
THIS_YEAR = {
    "nordwind": {
        "score_delivery": 8,
        "score_communication": 9,
        "nps": 9,
        "why": "The Friday status report helps a lot.",
    },
    "maison_lavaud": {"nps": 9, "why": "Quick samples."},
    "brightwell": {
        "score_quality": 3,
        "score_complaints": 5,
        "score_overall": 4,
        "nps": 4,
        "why": "120 shirts off colour, weeks before Christmas.",
    },
    "cascadia": {"nps": 8, "better": "Answer mails on Fridays, too."},
    "hoshizora": {"nps": 9},
    "qingfeng": {
        "score_service": 4,
        "nps": 6,
        "why": "换了跟单员以后，回复慢了。",
    },
}
# What was done about the low scores of last year: customer → result, how it was seen.
DONE = {
    "nordwind": (
        "Status report of every open order each Friday, by the merchandiser.",
        "Six reports read; two delays were told a week ahead.",
    ),
    "lone_mesa": (
        "Pre-washed cloth for all tops; a new sample was approved.",
        "Wash test of the next lot: 2 %.",
    ),
}
USUAL_DONE = (
    "Called and listened; a price list for small lots was sent.",
    "Call logged.",
)
# What staff heard in a talk: customer → how it was learnt, days ago, marks.
HEARD = {
    "southerly": (
        "customer",
        16,
        {"score_quality": 9, "score_delivery": 7, "nps": 8, "why": "Said at the fair."},
    ),
    "protea": (
        "second_hand",
        25,
        {"score_price": 3, "nps": 5, "why": "Their agent says we are too dear."},
    ),
}
