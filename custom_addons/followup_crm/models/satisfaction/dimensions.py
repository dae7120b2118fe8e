"""Fixed lists of satisfaction: what is asked, how it was learnt, why not asked."""

DIMENSIONS = [
    ("quality", "Product quality"),
    ("price", "Price"),
    ("delivery", "Delivery"),
    ("service", "Service"),
    ("complaints", "Handling of complaints"),
    ("communication", "Communication"),
    ("loyalty", "Loyalty"),
    ("overall", "Overall"),
]
ASPECTS = [
    ("score", "Satisfaction (score)"),
    ("importance", "Importance"),
    ("expectation", "Expectation"),
    ("nps", "Recommendation (NPS)"),
    ("comment", "Comment"),
]
# What a questionnaire is for. The first two are about the relation as a whole.
KINDS = [
    ("satisfaction", "Satisfaction"),
    ("loyalty", "Loyalty"),
    ("delivery", "After a delivery"),
    ("complaint", "After a complaint"),
]
RELATION_KINDS = ("satisfaction", "loyalty")

# Only what customers answered themselves counts in the statistics of surveys.
SOURCES = [
    ("online", "Answered by the customer"),
    ("internal", "Internal interview"),
    ("customer", "Interview with the customer"),
    ("focus_group", "Focus group"),
    ("second_hand", "Second-hand data"),
]
STAFF_SOURCES = [source for source in SOURCES if source[0] != "online"]

GROUPS = [
    ("promoter", "Promoter"),
    ("passive", "Passive"),
    ("detractor", "Detractor"),
]

INVITATION_STATES = [
    ("proposed", "Chosen"),
    ("left_out", "Not asked"),
    ("queued", "Waiting to be sent"),
    ("sent", "Sent"),
    ("answered", "Answered"),
    ("failed", "Not sent"),
    ("cancelled", "Cancelled"),
]
REASONS = [
    ("new", "Customer for too short a time"),
    ("no_contact", "No contact with an e-mail address"),
    ("blacklisted", "Address does not want mails"),
    ("standing", "Customer is blacklisted"),
    ("interval", "Customer was asked recently"),
    ("fatigue", "Contact was asked recently"),
    ("same", "Contact is asked for another customer"),
    ("sample", "Not drawn for the sample"),
    ("hand", "Taken out by hand"),
    ("closed", "Closed before it was sent"),
    ("error", "Mail could not be made"),
]

# Who of a customer is asked. The later ones are roles of decision makers.
CONTACT_ROLES = [
    ("in_charge", "Person in charge, else any contact"),
    ("company", "Address of the company"),
    ("decision_maker", "Decision maker"),
    ("buyer", "Buyer"),
    ("user", "End user"),
    ("technical", "Technical and quality"),
]
