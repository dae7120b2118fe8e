from odoo.tools import SQL
from odoo.tools.misc import format_date

NOTHING = SQL("""NULL""")


class Method:
    """How a scheme finds the class of each customer.

    Subclasses name themselves (``code``, ``label``) and implement ``select`` and
    ``explain``. They hold no state.
    """

    code = ""
    # The class may be set by hand without approval; what is computed is a proposal.
    manual = False
    # Tiers carry limits in percent that rise to 100.
    has_limits = False
    # The scheme's own measure decides (others look at turnover).
    measured = False
    # The first tier is the best: moves are promotions and demotions.
    ordered = True
    # How many windows of sales the result looks at (None: all sales).
    windows = 1

    def label(self, env):
        """Name of the method, translated."""
        raise NotImplementedError

    def prepare(self, scheme, base):
        """Make what the statement needs, for example tiers per industry."""

    def select(self, scheme, base):
        """Return the SQL of one row per active file of the scheme's company.

        Columns: customer_id, tier_id, measure (double), rank (integer), share and
        cumulative_share (fractions of 1), on_hold (boolean: a figure is
        missing, the former class is kept), details (jsonb: what the explanation needs;
        nothing that changes by the mere passing of days).

        :param scheme: ``followup.tier.scheme`` record
        :param base: ``FactBase`` of the scheme's company
        """
        raise NotImplementedError

    def explain(self, assignment):
        """One sentence that tells why, in the user's language."""
        raise NotImplementedError

    def bucket_limits(self, scheme, base):
        """Limits that the figures themselves set, as JSON data for the run."""
        return None

    # === FOR SUBCLASSES === #

    def rows(self, scheme, code, source, **columns):
        """The statement of a method that finds a tier's code row by row.

        :param code: SQL expression that yields the code of a tier, or NULL for none
        :param source: SQL after FROM, with the files as ``b`` (``b.customer_id``)
        :param columns: SQL of ``measure``, ``share`` and ``on_hold``; ``details`` as a
            dict of name → SQL
        """
        details = columns.get("details") or {}
        pairs = [SQL("""%s, %s""", name, value) for name, value in details.items()]
        as_json = NOTHING
        if pairs:
            as_json = SQL(
                """jsonb_strip_nulls(jsonb_build_object(%s))""",
                SQL(""", """).join(pairs),
            )
        return SQL(
            """
            SELECT b.customer_id, %(tier)s AS tier_id, (%(measure)s)::float8 AS measure,
                   NULL::integer AS rank, (%(share)s)::float8 AS share,
                   NULL::float8 AS cumulative_share, %(on_hold)s AS on_hold,
                   (%(details)s)::jsonb AS details
              FROM %(source)s
            """,
            tier=self.tier_by_code(scheme, code),
            measure=columns.get("measure") or NOTHING,
            share=columns.get("share") or NOTHING,
            on_hold=columns.get("on_hold") or SQL("""FALSE"""),
            details=as_json,
            source=source,
        )

    def tier_by_code(self, scheme, expression):
        """SQL for the id of the tier whose code an SQL expression yields."""
        cases = [
            SQL("""WHEN %s THEN %s""", tier.code, tier.id) for tier in scheme.tier_ids
        ]
        return SQL("""CASE %s %s END""", expression, SQL(""" """).join(cases))

    def lowest_tier(self, scheme):
        """The last tier of a scheme."""
        return scheme.tier_ids.sorted("sequence")[-1:]

    def make_tiers(self, scheme, field, records, code):
        """Tiers for records of a list (countries, industries), in every language.

        :param field: name of the tier's link to such a record
        :param records: those that need a tier
        :param code: function from a record to the tier's code
        """
        missing = records - scheme.tier_ids[field]
        tiers = scheme.tier_ids.create(
            [
                {
                    "scheme_id": scheme.id,
                    "code": code(record),
                    "name": record.name,
                    field: record.id,
                    "sequence": 5,
                }
                for record in missing
            ]
        )
        languages = [lang for lang, _name in scheme.env["res.lang"].get_installed()]
        for tier, record in zip(tiers, missing, strict=True):
            names = {lang: record.with_context(lang=lang).name for lang in languages}
            tier.update_field_translations("name", names)

    def day_of(self, assignment, name):
        """A day of the details as the user reads it."""
        day = (assignment.details or {}).get(name)
        return format_date(assignment.env, day) if day else "–"
