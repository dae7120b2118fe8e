"""What was talked about with the customers of the demonstration."""

from typing import NamedTuple


class Talk(NamedTuple):
    """One contact: how, why, what was said, what came of it, what comes next."""

    method: str
    purpose: str
    content: str
    result: str = ""
    next_step: str = ""


# Any customer may have had these; the last ones are the rarer.
TALKS = (
    Talk(
        "phone",
        "Ask about the next season",
        "Budget is settled next week. They want to see the fabrics before the"
        " quantities.",
        "Interest in two styles",
        "Send fabric swatches",
    ),
    Talk(
        "email",
        "Follow up on the samples",
        "Samples arrived; the fit of the sleeves is right now. Colour of the zip to be"
        " changed.",
        "Sample approved with one change",
        "Confirm the new zip colour",
    ),
    Talk(
        "message",
        "Tell the date of shipment",
        "Told them the vessel and the arrival. They asked for the packing list in"
        " advance.",
        "Satisfied with the date",
    ),
    Talk(
        "visit",
        "Visit during the buying week",
        "Walked through two shops with the buyer. Our jackets hang at the entrance."
        " A competitor offers 5 % less with longer delivery.",
        "They stay with us if we keep eight weeks",
        "Send the capacity plan",
    ),
    Talk(
        "online",
        "Go through the open orders",
        "All lots on schedule but one: trims are late by four days. They accept, if the"
        " rest is shipped together.",
        "One partial shipment less",
    ),
    Talk(
        "phone",
        "Ask how the delivery was",
        "Cartons in order, one label wrong. Sales of the first week are above plan.",
        "No complaint",
        "Offer a repeat order",
    ),
    Talk(
        "email",
        "Discuss the new price list",
        "Freight is too high for them. They compare with two suppliers and ask for a"
        " price by sea and rail.",
        "Price to be split",
        "Calculate the price with rail freight",
    ),
    Talk(
        "customer_visit",
        "Visit to our factory",
        "Shown the new line and the test laboratory. Quality manager checked the needle"
        " records and was content.",
        "Audit passed without remarks",
        "Send the minutes of the audit",
    ),
    Talk(
        "phone",
        "Ask for the payment",
        "Accounts promised the transfer for Friday. The invoice was with the wrong"
        " department.",
        "Promise of payment",
    ),
    Talk(
        "message",
        "Answer about certificates",
        "Sent the certificate for recycled polyester. They need it for the labels.",
    ),
    Talk(
        "online",
        "Plan the year together",
        "They open four shops and want our exclusive colours. Volume would grow by a"
        " fifth.",
        "Framework agreement wished for",
        "Draft the framework agreement",
    ),
    Talk(
        "letter",
        "Thank for the trial order",
        "Thanked in writing with a hand-made fabric book.",
    ),
)

# Planned ones: days from today, how, why.
PLANS = (
    (-9, "phone", "Ask about the repeat order"),
    (-3, "email", "Clear the colour of the trims"),
    (0, "phone", "Hear how the samples were received"),
    (0, "visit", "Show the spring collection"),
    (0, "message", "Tell the new date of shipment"),
    (1, "phone", "Ask about the open quotation"),
    (2, "online", "Review the orders of the month"),
    (4, "phone", "Ask for the forecast of next season"),
    (6, "visit", "Fitting with the quality manager"),
    (9, "phone", "Follow up on the price list"),
    (13, "online", "Talk about the framework agreement"),
)
