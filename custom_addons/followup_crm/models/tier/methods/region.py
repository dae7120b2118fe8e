from odoo.tools import SQL

from ....const import REGION_BY_COUNTRY, REGION_COUNTRIES, UNKNOWN_REGION
from .base import Method

# A country with at least this share of the customers gets a class of its own; below ten
# customers every country would.
OWN_CLASS_SHARE = 0.10
FEWEST_CUSTOMERS = 10


def country_tier_code(country):
    """Code of a country's own tier; Australia must not be taken for Oceania (AU)."""
    return f"C-{country.code}" if country.code in REGION_COUNTRIES else country.code


class RegionMethod(Method):
    """Region of the customer's country; one with many customers by itself (T7)."""

    code = "region"
    ordered = False

    def label(self, env):
        return env._("Region")

    def prepare(self, scheme, base):
        """Give each country that holds a tenth of the customers a tier of its own."""
        self.make_tiers(
            scheme, "country_id", self._get_large(scheme, base), country_tier_code
        )

    def _get_large(self, scheme, base):
        """Countries that hold at least a tenth of the company's customers."""
        counts = scheme.env.execute_query(
            SQL(
                """
                SELECT p.country_id, COUNT(*), SUM(COUNT(*)) OVER ()
                  FROM followup_customer f
                  JOIN res_partner p ON p.id = f.partner_id
                 WHERE f.company_id = %s AND f.active
                 GROUP BY p.country_id
                """,
                base.company.id,
            )
        )
        return scheme.env["res.country"].browse(
            country_id
            for country_id, count, total in counts
            if country_id
            and count >= OWN_CLASS_SHARE * float(total)
            and total >= FEWEST_CUSTOMERS
        )

    def select(self, scheme, base):
        own = self._get_large(scheme, base) & scheme.tier_ids.country_id
        regions = {
            country.id: country_tier_code(country)
            if country in own
            else REGION_BY_COUNTRY.get(country.code, UNKNOWN_REGION)
            for country in scheme.env["res.country"].search([])
        }
        return self.rows(
            scheme,
            SQL("""COALESCE(r.code, %s)""", UNKNOWN_REGION),
            SQL(
                """%(customers)s b
              JOIN res_partner p ON p.id = b.partner_id
              LEFT JOIN unnest(%(countries)s::integer[], %(codes)s::text[])
                   AS r (country_id, code) ON r.country_id = p.country_id""",
                customers=base.customers(),
                countries=list(regions),
                codes=list(regions.values()),
            ),
        )

    def explain(self, assignment):
        country = assignment.customer_id.country_id
        env = assignment.env
        if not country:
            return env._("The customer's country is not known.")
        return env._("Country of the customer: %(country)s.", country=country.name)
