"""What is told of the key accounts; see ``followup_demo_key_accounts``."""

# Customer that became a key account by hand, and why.
INCLUDED = (
    "hanbit",
    "Small with us today, but it buys for a group of 140 shops and wants outerwear.",
)
STRATEGIES = {
    "nordwind": "From jackets to the whole outdoor range: merino within two years.",
    "cascadia": "Stay first supplier of shells; win the down programme from Dhaka.",
    "brightwell": "Hold the volume while it closes branches; payment before growth.",
    "hanbit": "Outerwear for the group's 140 shops: show room, then a trial order.",
}
# Customer → rows of (level, person there, who of us, every so many days, what matters).
PEOPLE = {
    "nordwind": (
        ("decision", "contact_nordwind_petersen", "user_lena", 90, "Figures first."),
        ("handler", "contact_nordwind_brandt", "user_wang", 21, "Test reports."),
        ("finance", "contact_nordwind_ahlers", "user_zhou", 60, "Invoices on paper."),
    ),
    "maison_lavaud": (
        ("decision", "contact_lavaud_lavaud", "user_grace", 120, "Family and name."),
        ("decision", "contact_lavaud_mercier", "user_lena", 45, False),
        ("technical", "contact_lavaud_roche", "user_wang", 30, "Fabrics and collars."),
        ("finance", None, None, 60, False),
    ),
    "brightwell": (
        ("decision", "contact_brightwell_okafor", "user_lena", 60, "Price per style."),
        ("handler", "contact_brightwell_hargreaves", "user_wang", 14, False),
    ),
    "cascadia": (
        ("decision", "contact_cascadia_nakamura", "user_grace", 90, "Long view."),
        ("technical", "contact_cascadia_oconnell", "user_lena", 30, False),
        ("handler", "contact_cascadia_reyes", "user_zhou", 30, "Audits."),
        ("finance", None, "user_zhou", 60, False),
    ),
    "harrow_pine": (
        ("decision", "contact_harrow_pine_whitaker", "user_lena", 60, False),
        ("handler", "contact_harrow_pine_castillo", "user_wang", 21, False),
    ),
}
# Customer, days since, kind of event, what it was, what it is now.
CHANGES = (
    ("brightwell", 4, "terms", "45 Days", "30 Days"),
    ("brightwell", 23, "management", "", "New chief executive since spring"),
    ("maison_lavaud", 11, "limit", "350,000 USD", "300,000 USD"),
    ("nordwind", 6, "people", "", "Birgit Ahlers, Accounts payable"),
    ("cascadia", 9, "legal", "R. Halloran", "M. Okonjo"),
)
# Customer → target as a multiple of last year, visits, how it is reached.
PLANS = {
    "nordwind": (1.12, 24, "Merino samples by April; own line in July; two visits."),
    "maison_lavaud": (0.95, 12, "Linen shirts for summer; prices stay."),
    "brightwell": (0.75, 12, "Fewer styles, larger runs; payment within 30 days."),
    "cascadia": (1.08, 16, "Down programme; compliance audit in spring."),
    "harrow_pine": (1.2, 12, "Second range of knitwear for the autumn."),
    "svalan": (1.25, 12, "Fixed capacity of 4,000 pieces a month."),
}
REGIONS = {"EU": 1.05, "AM": 1.08}
COMMENTS = {
    "up": "The season came earlier than last year; the quarter will show less of it.",
    "down": "An order slipped into the next month. Confirmed by the buyer.",
    "even": "As expected. Nothing to change.",
}
REASONS = {
    "up": "The autumn orders were placed a month earlier than last year.",
    "down": "It closes branches and buys fewer styles; a smaller order is agreed.",
}
NOTES = (
    "Called the buyer: all as agreed.",
    "Samples go out this week.",
    "Ask for the forecast of the next season.",
    "Invoice of last month is promised for Friday.",
)
# Customer, state, amount, days since the start, days to the end, subject, text.
LETTERS = (
    (
        "nordwind",
        "signed",
        1_200_000,
        150,
        120,
        "Shells and fleece for the coming winter",
        "<p>Nordwind Outdoor intends to buy shells and fleece for the winter season."
        " Meridian keeps capacity of 60,000 pieces for it until the end of the"
        " period.</p>",
    ),
    (
        "cascadia",
        "sent",
        900_000,
        10,
        355,
        "Down programme for next year",
        "<p>Cascadia Apparel intends to move its down programme to Meridian, after the"
        " compliance audit in spring.</p>",
    ),
)
