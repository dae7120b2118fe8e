"""Figures and tables that belong to the field, not to one model."""

from dateutil.relativedelta import relativedelta

# Regions of the customer code (P11) and of the regional classification (T7),
# after the United Nations' M49 list; Cyprus counts as Europe. A country that is not
# named (Antarctica, or no country at all) has the region UNKNOWN_REGION.
UNKNOWN_REGION = "XX"
REGION_COUNTRIES = {
    "EU": "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE"
    " IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA"
    " VA XK",
    "AM": "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL"
    " GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC"
    " VE VG VI",
    "AS": "AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA"
    " LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE",
    "AU": "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM"
    " VU WF WS",
    "AF": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE"
    " KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF"
    " TG TN TZ UG YT ZA ZM ZW",
}
REGION_BY_COUNTRY = {
    country: region
    for region, countries in REGION_COUNTRIES.items()
    for country in countries.split()
}

# The fields whose presence makes a data group complete (P10). Each counts the same.
# A group's date is the day its data were last changed or confirmed.
COMPLETENESS = {
    "basic": (
        "street",
        "city",
        "zip",
        "country_id",
        "phone",
        "email",
        "website",
        "vat",
        "company_registry",
        "industry_id",
        "bank_ids",
        "person_in_charge_id",
        "ownership_type_id",
        "business_scope_ids",
        "size_category",
    ),
    "credit": (
        "registered_capital",
        "founding_date",
        "trading_history",
        "credit_period_days",
        "settlement_day",
    ),
    "operating": (
        "sales_staff_count",
        "operating_staff_count",
        "trade_area",
        "sales_floor_area",
        "storage_area",
        "transport_mode_ids",
        "delivery_place_count",
        "competing_product_ids",
    ),
    "personal": ("decision_maker_count",),
    "market": (
        "purchase_plan_ids",
        "competitor_ids",
        "business_partner_ids",
        "former_supplier_ids",
    ),
    "judgement": (
        "strengths",
        "weaknesses",
        "opportunities",
        "risks",
        "finance_ids",
    ),
}

# Data older than this many months are stale (P10), unless the company says otherwise.
STALE_MONTHS = 12

# What a user can do on a full working day (F1), unless the company says otherwise.
PLAN_CAPACITY = 10
PLAN_VISIT_WEIGHT = 3

# The same complaint within this time means that the corrective action failed (C12).
RECURRENCE_DAYS = 365

# How a customer is reached (P15) and how an interaction takes place (F2).
CONTACT_METHODS = [
    ("visit", "Visit"),
    ("phone", "Phone"),
    ("fax", "Fax"),
    ("letter", "Letter"),
    ("email", "E-mail"),
    ("message", "Instant message"),
    ("online", "Online meeting"),
    ("customer_visit", "Customer's visit"),
]

# Rows that one transaction of a batch job handles.
BATCH_SIZE = 20_000


def region_of(country_code):
    """Region code (EU, AM, AS, AU, AF) of an ISO 3166 alpha-2 country code."""
    return REGION_BY_COUNTRY.get((country_code or "").upper(), UNKNOWN_REGION)


def stale_before(today, months):
    """The first day that still counts as fresh: ``today`` less ``months`` months."""
    return today - relativedelta(months=months or STALE_MONTHS)


# Tracking: how many days before a date of a letter of credit somebody is warned, and
# how many days after a delivery the customer may be asked about it.
LC_SHIPMENT_DAYS = 7
LC_PRESENTATION_DAYS = 5
LC_EXPIRY_DAYS = 7
QUESTION_DAYS = 3
# … and after the arrival at a port, where nobody notes the delivery.
ARRIVAL_QUESTION_DAYS = 10
# Shipments whose warnings are given between two commits.
ALERT_BATCH = 200
