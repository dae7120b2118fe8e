"""Models that need no company rule or no owner rule, each with the reason."""

LIST = "a list to choose from, common to all companies and users; managers keep it"
LISTS = (
    "followup.ownership.type",
    "followup.business.scope",
    "followup.transport.mode",
    "followup.information.method",
    "followup.information.channel",
    "followup.competitor",
    "followup.country.note",
    "followup.hobby",
    "followup.personality.type",
    "followup.shipment.document.type",
    "followup.defect.type",
    "followup.milestone.type",
)

COMPANY: dict[str, str] = {name: LIST for name in LISTS}

OWNER: dict[str, str] = {name: LIST for name in LISTS} | {
    "followup.tier.scheme": "the rules by which all customers of a company are divided",
    "followup.tier": "the rules by which all customers of a company are divided",
    "followup.tier.run": "when the customers of a company were divided, and how many",
    "followup.shipment.template": "the documents that all shipments of a company need",
    "followup.shipment.template.line": "the documents that all shipments need",
    "followup.tracking.template": "the rules by which all orders are planned",
    "followup.tracking.template.line": "the rules by which all orders are planned",
    "followup.person.access": "the log of who looked: only managers read it, all of it",
}
