"""The request's state machine and its fixed lists, as data."""

KINDS = [
    ("inquiry", "Inquiry"),
    ("sample", "Sample wanted"),
    ("information", "Information"),
    ("change", "Change of an order"),
    ("service", "After-sale service"),
    ("other", "Other request"),
]
STATES = [
    ("new", "Received"),
    ("working", "In work"),
    ("answered", "Answered"),
    ("closed", "Closed"),
    ("dropped", "No request"),
]
# What is done with a request: verb → (states it starts from, state it leads to).
TRANSITIONS = {
    "start": (("new",), "working"),
    "answer": (("new", "working"), "answered"),
    "close": (("working", "answered"), "closed"),
    "drop": (("new", "working"), "dropped"),
    "reopen": (("answered", "closed", "dropped"), "working"),
}
OPEN_STATES = ("new", "working", "answered")
# Somebody waits for our answer.
WAITING_STATES = ("new", "working")

CHANNELS = [
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("message", "Instant message"),
    ("visit", "Visit"),
    ("fair", "Trade fair"),
    ("other", "Other way"),
]
RESULTS = [
    ("lead", "Opportunity"),
    ("quotation", "Quotation"),
    ("exception", "Exception of an order"),
    ("complaint", "Complaint"),
    ("answered", "Answered, nothing more"),
    ("declined", "We could not help"),
    ("silent", "The customer went silent"),
    ("void", "No request"),
]
# What a user chooses who closes a request that was not turned into anything.
CLOSING_RESULTS = ("answered", "declined", "silent")
ANSWER_RESULTS = [
    ("waiting", "Not answered yet"),
    ("in_time", "Answered in time"),
    ("late", "Answered late"),
]
# What it was turned into: result → (field of the request, label of the button).
LINKS = {
    "lead": "lead_id",
    "quotation": "quotation_id",
    "exception": "exception_id",
    "complaint": "complaint_id",
}
