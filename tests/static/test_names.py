"""Field names: ours on other people's models must not collide."""

import fnmatch

from tests.support import source

# Names that other addons put on res.partner; a collision breaks one of both.
TAKEN = """
gender birthdate_date age nationality_id firstname lastname title_id mobile fax
job_position_id department_id role_ids id_numbers private_* company_size turnover_*
capital_* employee_quantity* secondary_industry_ids affiliate_ids relation_*
interest_group_ids stage_id stage_state classification_id priority_id grade_id prospect
is_customer is_supplier partner_quality risk_* credit_policy* date_credit_limit
payment_note payment_responsible_id manual_followup insurance_credit_limit d2r_* d2p_*
last_invoice_date claim_ids claim_count phonecall_* helpdesk_ticket_* rma_ids
survey_inputs surveys_* email_score previous_salesperson_id assigned_partner_id
followup_*
""".split()
# Odoo's own names on res.partner that a file may only shadow on purpose.
CORE = """
credit debit trust credit_limit use_partner_credit_limit days_sales_outstanding
total_invoiced ref type color comment function lang category_id name email phone
website vat street street2 city zip state_id country_id child_ids parent_id
industry_id bank_ids sale_order_ids sale_order_count invoice_ids opportunity_ids
opportunity_count meeting_ids meeting_count contact_address barcode tz date
supplier_rank customer_rank property_payment_term_id signup_type image_1920
""".split()
# Shadowed on purpose: the file's own value, with the reason.
SHADOWED = {
    "active": "a file is archived on its own",
    "company_id": "a file belongs to one company, a contact may be shared",
    "user_id": "the owner of the file; partners' salespersons differ by company",
}
PREFIX = "fcrm_"


def fields_of(model: str):
    for one in source.model_classes():
        if model in one.models:
            for name, call in one.fields.items():
                yield one, name, call


def test_fields_on_other_models():
    """Fields that we add to other people's models start with fcrm_."""
    ours = set(source.new_models()) | {
        one.name for one in source.model_classes() if one.name
    }
    found = []
    for one in source.model_classes():
        foreign = [model for model in one.models if model not in ours]
        # Settings and company fields are named like the setting they are.
        if not foreign or one.kind == "TransientModel":
            continue
        prefixes = (PREFIX, "followup_") if foreign == ["res.company"] else (PREFIX,)
        for name, call in one.fields.items():
            if not name.startswith(prefixes) and not redefines(call):
                place = source.place(one.path, call)
                found.append(f"{place}: {', '.join(foreign)}.{name}")
    source.check(found)


def redefines(call) -> bool:
    """Tell a field that is there already and gets an attribute: tracking, index."""
    given = {keyword.arg for keyword in call.keywords}
    known = {"selection_add", "ondelete", "tracking", "index", "compute", "inverse"}
    return not call.args and bool(given) and given <= known


def test_names_taken_on_partners():
    """A file delegates to its partner: its names must be free there, too."""
    found = []
    for one, name, call in fields_of("followup.customer"):
        taken = [pattern for pattern in TAKEN if fnmatch.fnmatch(name, pattern)]
        if (taken or name in CORE) and name not in SHADOWED:
            found.append(f"{source.place(one.path, call)}: {name}")
    source.check(found)


def test_shadowed_names_are_still_there():
    """The list of shadowed names holds none that is not shadowed any more."""
    names = {name for _one, name, _call in fields_of("followup.customer")}
    assert set(SHADOWED) <= names


def test_nothing_volatile_is_stored_on_partners():
    """Computed fields on res.partner are not stored: files change, partners don't."""
    found = []
    for one, name, call in fields_of("res.partner"):
        keywords = {k.arg: getattr(k.value, "value", None) for k in call.keywords}
        if "compute" in keywords and keywords.get("store"):
            found.append(f"{source.place(one.path, call)}: {name}")
    source.check(found)
