"""A living database: two companies, customers, orders, invoices, and their sums."""

from tests.support.database import Database

# What was there before us and what we must leave as it was.
WATCHED = (
    "res_partner",
    "res_company",
    "sale_order",
    "sale_order_line",
    "account_move",
    "account_move_line",
    "stock_picking",
    "stock_move",
    "crm_lead",
    "crm_stage",
    "survey_survey",
    "survey_user_input",
    "calendar_event",
    "product_template",
    "product_product",
    "res_partner_category",
    "res_country",
)

# Odoo itself touches the partners of the users that a module puts into its groups.
ADMINISTRATORS = "SELECT partner_id FROM res_users WHERE id < 3"
TOUCHED_BY_ODOO = {"res_partner.write_date": f"id NOT IN ({ADMINISTRATORS})"}
# The module brings questionnaires of its own; those of others stay as they were.
OTHERS = {"survey_survey": "survey_type <> 'followup'"}

MAKE_DATA = """
    company_a = env.ref("base.main_company")
    company_b = env["res.company"].create(
        {"name": "Company B", "country_id": env.ref("base.de").id}
    )
    env.ref("base.user_admin").company_ids += company_b
    product = env["product.product"].create(
        {"name": "Brass lamp", "type": "service", "invoice_policy": "order"}
    )
    for company in (company_a, company_b):
        chart = env["account.chart.template"].with_company(company)
        if not company.chart_template:
            chart.try_loading("generic_coa", company=company, install_demo=False)
    env.cr.commit()
    for company in (company_a, company_b):
        here = env(context={"allowed_company_ids": company.ids})
        for number in range(12):
            customer = here["res.partner"].create(
                {
                    "name": f"Customer {number} of {company.name}",
                    "is_company": True,
                    "email": f"customer{number}.{company.id}@example.com",
                    "country_id": env.ref("base.fr").id,
                }
            )
            contact = here["res.partner"].create(
                {"name": f"Buyer {number}", "parent_id": customer.id}
            )
            order = here["sale.order"].create(
                {
                    "partner_id": (contact if number % 2 else customer).id,
                    "company_id": company.id,
                    "order_line": [
                        (0, 0, {"product_id": product.id, "product_uom_qty": number + 1,
                                "price_unit": 100.0})
                    ],
                }
            )
            if number < 9:
                order.action_confirm()
            if number < 5:
                order._create_invoices().action_post()
            here["crm.lead"].create(
                {"name": f"Lead {number}", "partner_id": customer.id}
            )
    env["survey.survey"].create({"title": "Before us"})
    return [company_a.id, company_b.id]
"""


def fill(database: Database) -> tuple[int, int]:
    """Make the data of a company that has worked with Odoo for a while."""
    return tuple(database.shell(MAKE_DATA))


def columns(database: Database) -> dict[str, list[str]]:
    """Return the stored columns of the watched tables."""
    rows = database.sql(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY table_name, column_name"
    )
    found: dict[str, list[str]] = {}
    for table, column in rows:
        if table in WATCHED:
            found.setdefault(table, []).append(column)
    return found


def checksums(database: Database, of: dict[str, list[str]]) -> dict[str, str]:
    """Return the md5 of each of the given columns over all rows, ordered by id."""
    found = {}
    for table, names in of.items():
        sums = ", ".join(_checksum(table, name) for name in names)
        rows = OTHERS.get(table, "true")
        (row,) = database.sql(f'SELECT {sums} FROM "{table}" WHERE {rows}')
        found |= {f"{table}.{name}": one for name, one in zip(names, row, strict=True)}
    return found


def _checksum(table: str, name: str) -> str:
    rows = TOUCHED_BY_ODOO.get(f"{table}.{name}", "true")
    values = f"coalesce(\"{name}\"::text, '-')"
    return f"md5(string_agg({values}, '|' ORDER BY id) FILTER (WHERE {rows}))"
