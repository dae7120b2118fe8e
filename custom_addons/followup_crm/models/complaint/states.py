"""The complaint's state machine and its fixed lists, as data."""

STATES = [
    ("received", "Received"),
    ("acknowledged", "Acknowledged"),
    ("investigating", "Investigating"),
    ("directed", "Directed"),
    ("proposed", "Proposed"),
    ("agreed", "Agreed"),
    ("remedied", "Remedied"),
    ("closed", "Closed"),
    ("refused", "Refused"),
    ("reopened", "Reopened"),
]
# What is done with a complaint: verb → (states it starts from, state it leads to).
# A verb that stays in its state (contain, tell) leads to None.
TRANSITIONS = {
    "acknowledge": (("received", "reopened"), "acknowledged"),
    "investigate": (("acknowledged", "reopened"), "investigating"),
    "direct": (("acknowledged", "investigating", "reopened"), "directed"),
    "propose": (("acknowledged", "investigating", "directed", "proposed"), "proposed"),
    "agree": (("proposed",), "agreed"),
    "remedy": (("agreed",), "remedied"),
    "refuse": (
        ("acknowledged", "investigating", "directed", "proposed", "reopened"),
        "refused",
    ),
    "close": (("remedied", "refused", "proposed"), "closed"),
    "reopen": (("closed", "refused"), "reopened"),
    "settle": (("received", "acknowledged", "investigating", "reopened"), "remedied"),
}
OPEN_STATES = tuple(state for state, _label in STATES if state != "closed")
# States in which somebody may wait for the customer: the promised times may pause.
WAITING_STATES = ("acknowledged", "investigating", "directed", "proposed", "reopened")

SEVERITIES = [("minor", "Minor"), ("major", "Major"), ("critical", "Critical")]

CHANNELS = [
    ("phone", "Phone"),
    ("fax", "Fax"),
    ("letter", "Letter"),
    ("email", "E-mail"),
    ("visit", "On site"),
    ("message", "Instant message"),
    ("portal", "Customer portal"),
    ("form", "Public form"),
    ("survey", "Satisfaction survey"),
]

NATURES = [
    ("genuine", "Genuine"),
    ("extortion", "Malicious: extortion"),
    ("reputation", "Malicious: harming our reputation"),
    ("disruption", "Malicious: disrupting sales"),
]

WISHES = [
    ("explanation", "Explanation or apology"),
    ("replacement", "Replacement"),
    ("return", "Return of the goods"),
    ("credit", "Credit note"),
    ("discount", "Discount"),
    ("rework", "Repair or rework"),
    ("other", "Something else"),
]

OUTCOMES = [
    ("agreed", "Agreed with the customer"),
    ("no_reply", "No reply"),
    ("refused", "Refused"),
]

# The clocks of a complaint in the order in which they ring, and the field that says
# when each was stopped.
CLOCKS = [
    ("acknowledge", "Acknowledge"),
    ("contain", "Contain"),
    ("propose", "Propose"),
    ("capa", "Corrective action in place"),
    ("close", "Close"),
]
STOPPED_BY = {
    "acknowledge": "acknowledged_date",
    "contain": "contained_date",
    "propose": "proposed_date",
    "capa": "capa_date",
    "close": "closed_date",
}

# What a portal customer may read of its complaint; everything else is internal.
PORTAL_FIELDS = frozenset(
    """id display_name name subject description state company_id currency_id customer_id
    partner_id received_date acknowledged_date closed_date channel order_id product_id
    lot_id wanted wish quantity result_text told_date proposal_ids access_url
    access_token access_warning message_ids write_date create_date""".split()
)
