"""A user who knows company B only can work there: each model of ours can be made.

Wizards are left out: their own tests make them from the records they are for.
"""

import pytest

# What must be told for a model beyond its required fields: field → kind of value.
SPECIAL = {
    "followup.complaint.target": {"company_id": "company"},
    "followup.request.target": {"company_id": "company"},
    "followup.chase.rule": {"company_id": "company"},
    "followup.person": {"contact_id": "contact"},
    "followup.sales.history": {"year": "year"},
    "followup.pool.rule": {"tier_id": "policy_tier"},
    "followup.tier": {"sequence": "place", "limit": "limit"},
    "followup.product.inspection": {"lot_size": "pieces"},
    "followup.product.picture": {"image": "pixel"},
    "followup.order.lot": {"tracking_id": "tracking"},
    "followup.order.lot.line": {"lot_id": "lot", "order_line_id": "order_line"},
    "followup.order.milestone": {"lot_id": "lot"},
    "followup.order.exception": {"tracking_id": "tracking"},
    "followup.account.plan": {"account_id": "account"},
    "followup.account.intent": {"date_to": "far"},
}
# A picture of one point.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
    "IQAAAABJRU5ErkJggg=="
)
# Models that even those with the right to create make by a method only.
BY_METHOD: dict[str, str] = {
    "followup.account.plan.line": "the twelve months come with their plan",
}

MAKE = """
special, by_method = {special!r}, {by_method!r}
groups = env["ir.model.data"].search(
    [("module", "=", "followup_crm"), ("model", "=", "res.groups")]
)
wanted = [env.ref("followup_crm." + one.name).id for one in groups
          if {manager} or one.name != "group_manager"]
login = "manager_b" if {manager} else "worker_b"
company = env["res.company"].create({{"name": f"Company of {{login}}"}})
user = env["res.users"].create({{
    "name": login, "login": login, "group_ids": [(6, 0, wanted)],
    "company_id": company.id, "company_ids": [(6, 0, company.ids)],
}})
env.cr.commit()
here = env(user=user.id, su=False, context={{"allowed_company_ids": company.ids}})
customer = here["followup.customer"].create({{"name": "Customer of B"}})
contact = here["res.partner"].create(
    {{"name": "Contact of B", "parent_id": customer.partner_id.id}}
)
# Shipments and product trackings are started by a method.
product = env["product.product"].create({{"name": "Product"}})
here["followup.shipment"]._start(customer, {{"mode": "sea"}})
here["followup.product.tracking"]._start(customer, {{"product_id": product.id}})
known = {{"customer": customer.id, "contact": contact.id, "year": 2021}}
# A tier between the last two of the first scheme.
known |= {{"place": 25, "limit": 95, "pieces": 100, "pixel": {pixel!r}}}
known["company"] = company.id
# Key accounts are recognised, or decided on by a manager.
known["account"] = env["followup.account"].create({{"customer_id": customer.id}}).id
known["far"] = "2099-01-01"
known["policy_tier"] = here["followup.tier"].search(
    [("scheme_id.is_policy", "=", True), ("company_id", "=", company.id)], limit=1
).id
# A confirmed order, which has a tracking with one lot.
order = env["sale.order"].with_company(company).create({{
    "partner_id": customer.partner_id.id, "company_id": company.id, "user_id": user.id,
    "order_line": [(0, 0, {{"product_id": env["product.product"].create(
        {{"name": "Goods", "type": "service"}}).id}})],
}})
order.action_confirm()
tracking = env["followup.order.tracking"].search([("order_id", "=", order.id)])
known |= {{"tracking": tracking.id, "lot": tracking.lot_ids.id,
          "order_line": order.order_line.id}}
SIMPLE = {{"char": "text", "text": "text", "html": "<p>text</p>", "integer": 1,
          "float": 1.0, "monetary": 1.0, "boolean": True, "date": "2026-03-02",
          "datetime": "2026-03-02 10:00:00"}}

def value(model, name, field, depth):
    if name in special.get(model._name, {{}}):
        return known[special[model._name][name]]
    if field.type == "selection":
        return field.get_values(env)[0]
    if field.type != "many2one":
        return SIMPLE[field.type]
    if field.comodel_name == "followup.customer":
        return customer.id
    if field.comodel_name == "res.company":
        return company.id
    if field.comodel_name == "res.users":
        return user.id
    comodel = here[field.comodel_name]
    found = comodel.search([], limit=1) if comodel.has_access("read") else comodel
    if not found and depth < 3:
        found = comodel.create(values(comodel, depth + 1))
    return found.id

def values(model, depth=0):
    delegated = set(model._inherits.values())
    defaults = model.default_get(list(model._fields))
    result = {{}}
    for name, field in model._fields.items():
        if name in special.get(model._name, {{}}):
            result[name] = value(model, name, field, depth)
        if not field.required or field.inherited or name in delegated:
            continue
        if field.compute or field.related or defaults.get(name):
            continue
        result[name] = value(model, name, field, depth)
    if model._name == "followup.customer":
        result["name"] = "Another customer of B"
    return result

broken, made = {{}}, []
for name in sorted(env.registry):
    model = here[name]
    if not name.startswith("followup.") or model._abstract or model._transient:
        continue
    if not model._auto or name in by_method or not model.has_access("create"):
        continue
    try:
        with env.cr.savepoint():
            record = model.create(values(model))
            record.invalidate_recordset()
            record.read(["display_name"])
            if "company_id" in record._fields and record._fields["company_id"].store:
                if record.sudo().company_id and record.sudo().company_id != company:
                    raise AssertionError("is in another company")
            made.append(name)
    except Exception as error:
        broken[name] = f"{{type(error).__name__}}: {{error}}"
return [made, broken]
"""


@pytest.mark.parametrize("manager", [False, True], ids=["worker", "manager"])
def test_models_can_be_made_in_company_b(plain_database, manager):
    """R1: Whoever has the groups can work in a company that knows no other."""
    code = MAKE.format(
        special=SPECIAL, by_method=sorted(BY_METHOD), manager=manager, pixel=PIXEL
    )
    made, broken = plain_database.shell(code)
    assert broken == {}
    assert "followup.customer" in made
