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
    "followup.holiday",
    "followup.holiday.date",
    "followup.complaint.category",
    "followup.complaint.cause",
    "followup.complaint.advice",
    "followup.shipment.document.type",
    "followup.defect.type",
    "followup.milestone.type",
)

COMPANY: dict[str, str] = {name: LIST for name in LISTS} | {
    "followup.complaint.post": "counts messages by digests of sources: nobody reads it",
}

OWNER: dict[str, str] = {name: LIST for name in LISTS} | {
    "followup.complaint.target": "what a company promises to everybody",
    "followup.complaint.compensation": "what a company concedes to everybody",
    "followup.complaint.severity.rule": "the rules by which all complaints are judged",
    "followup.knowledge.article": "what everybody is to know; managers keep it",
    "followup.tier.scheme": "the rules by which all customers of a company are divided",
    "followup.tier": "the rules by which all customers of a company are divided",
    "followup.value.product": "ratios of products: they are no customer's",
    "followup.value.run": "when the values of a company were computed, and how",
    "followup.tier.run": "when the customers of a company were divided, and how many",
    "followup.satisfaction.round": "when a company asked its customers: all may know",
    "followup.satisfaction.statistic": "figures of classes: for who sees all customers",
    "followup.pool.rule": "the rules by which all customers of a company leave",
    "followup.pool": "unowned customers, masked: they are nobody's",
    "followup.pool.access": "the log of who looked: only managers read it, all of it",
    "followup.quota": "counts of what is limited: only managers read them",
    "followup.handover": "what leavers left behind: only managers and administrators",
    "followup.clash.key": "keys over all customers: only managers read them",
    "followup.clash.log": "the log of who searched: only managers read it, all of it",
    "followup.clash.pair": "pairs over all customers: only managers see and merge them",
    "followup.shipment.template": "the documents that all shipments of a company need",
    "followup.shipment.template.line": "the documents that all shipments need",
    "followup.tracking.template": "the rules by which all orders are planned",
    "followup.tracking.template.line": "the rules by which all orders are planned",
    "followup.person.access": "the log of who looked: only managers read it, all of it",
    "followup.complaint.post": "counts messages by digests of sources: nobody reads it",
    "followup.complaint.channel": "the address and form of a company: managers keep it",
    "followup.request.target": "what a company promises to everybody",
    "followup.request.rule": "the rules by which all requests are dispatched",
    "followup.request.channel": "the address of a company: managers keep it",
    "followup.complaint.mail": "what came in for a company: officers and managers only",
}
