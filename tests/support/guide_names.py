"""The names that the guide promises to keep: docs/en/api.md, its last table."""

import re
from pathlib import Path

# Registers whose records belong to somebody: others' are to be refused.
OWNED = """
followup.customer followup.information followup.interaction followup.interaction.plan
followup.sales.month followup.tier.assignment followup.owner.change followup.complaint
followup.action followup.order.tracking followup.order.milestone followup.shipment
followup.product.tracking followup.satisfaction.response followup.value followup.loss
followup.winback followup.result followup.funnel
""".split()
NAME = re.compile(r"`([\w.]+)`")
HEADING = "## Names that stay"


def promised(page: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Return model → (methods, fields) of the table."""
    section = page.read_text().partition(HEADING)[2]
    found = {}
    for line in section.splitlines():
        if line.startswith("| `"):
            model, methods, fields = line.split("|")[1:4]
            names = NAME.findall(methods), NAME.findall(fields)
            found[NAME.search(model)[1]] = names
    return found
