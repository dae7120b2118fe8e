"""Phrases with placeholders: names in braces, from an allow-list, and nothing else."""

import re

# What may stand in braces; where each value comes from is said in models/phrase.
PLACEHOLDERS = (
    "customer",
    "contact",
    "user",
    "company",
    "phone",
    "email",
    "today",
    "number",
    "subject",
    "order",
    "reference",
    "product",
    "amount",
    "valid_until",
    "date_sent",
    "delivery_date",
)
NAME = re.compile(r"\{([^{}]*)\}")
# Stands where a value is not known: whoever writes sees that something is missing.
MISSING = "…"


def unknown(text: str) -> list[str]:
    """What stands in braces and is no placeholder, and braces that are left alone."""
    found = [f"{{{name}}}" for name in NAME.findall(text) if name not in PLACEHOLDERS]
    rest = NAME.sub("", text)
    return found + [brace for brace in "{}" if brace in rest]


def fill(text: str, values: dict[str, str]) -> str:
    """Put values into a text; what a value holds is never looked at again."""
    return NAME.sub(lambda match: values.get(match[1]) or MISSING, text)
