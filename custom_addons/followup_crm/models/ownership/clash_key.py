from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.clash import domain_key, name_keys, phone_key, tax_keys

KINDS = [
    ("name", "Name"),
    ("words", "Name in another order"),
    ("core", "Name without common words"),
    ("frame", "Consonants of the name"),
    ("vat", "Tax number"),
    ("bare_vat", "Tax number without prefix"),
    ("registry", "Registration number"),
    ("phone", "Phone"),
    ("domain", "E-mail domain"),
]
# Files whose keys one transaction of the scheduled action makes.
KEY_BATCH = 10_000
# Fields of a contact whose change changes keys.
KEY_FIELDS = frozenset(
    "name vat company_registry phone email website country_id parent_id".split()
)


class ClashKey(models.Model):
    """What customers are looked up by when names clash (撞单/重名, F9).

    A narrow table beside the customer file, whose own indexes would slow down making
    files: one row per key. Filled when a contact is written, and by a scheduled action
    for files that were made by the hundred thousand.
    """

    _name = "followup.clash.key"
    _description = "Search key of a customer"
    _rec_name = "key"
    _order = "id"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    made_on = fields.Datetime(required=True, readonly=True)

    # Query: who has this key, and whose key begins so.
    _lookup = models.Index("(key text_pattern_ops, kind)")
    # Query: a file's keys, to compare with the new ones.
    _customer = models.Index("(customer_id)")

    def init(self):
        """An index for likeness, where PostgreSQL has the extension for it."""
        if self._has_trigram():
            self.env.cr.execute(
                SQL(
                    """CREATE INDEX IF NOT EXISTS followup_clash_key_core_trigram
                           ON followup_clash_key USING gin (key gin_trgm_ops)
                        WHERE kind = 'core'"""
                )
            )

    @api.model
    def _has_trigram(self):
        """Whether the database compares by trigrams (extension ``pg_trgm``)."""
        return bool(
            self.env.execute_query(
                SQL("""SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'""")
            )
        )

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_refresh(self):
        """Make the keys of files that have none or older ones than their contacts."""
        cron = self.env["ir.cron"]
        while True:
            outdated = self._get_outdated(KEY_BATCH)
            self._refresh(outdated)
            left = KEY_BATCH if len(outdated) == KEY_BATCH else 0
            if not cron._commit_progress(len(outdated), remaining=left) or not left:
                break

    @api.model
    def _get_outdated(self, limit):
        """Files without keys, or with a contact that was written since."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.id
                  FROM followup_customer f
                  LEFT JOIN (SELECT customer_id, MIN(made_on) AS made_on
                               FROM followup_clash_key GROUP BY customer_id) k
                         ON k.customer_id = f.id
                 WHERE k.customer_id IS NULL
                    OR EXISTS (SELECT FROM res_partner p
                                WHERE p.commercial_partner_id = f.partner_id
                                  AND p.write_date > k.made_on)
                 ORDER BY f.id
                 LIMIT %s
                """,
                limit,
            )
        )
        return self.env["followup.customer"].browse(row[0] for row in rows)

    # === MAKING KEYS === #

    @api.model
    def _refresh(self, customers):
        """Make the keys of these files anew: two statements, whatever their number."""
        if not customers:
            return
        self.env.flush_all()
        rows = {}
        for (file_id, company_id), kind, key in self._get_keys(customers):
            rows[file_id, kind, key] = company_id
        self.env.cr.execute(
            SQL(
                """DELETE FROM followup_clash_key WHERE customer_id = ANY(%s)""",
                customers.ids,
            )
        )
        if rows:
            columns = zip(
                *((f, company, k, key) for (f, k, key), company in rows.items()),
                strict=True,
            )
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO followup_clash_key (customer_id, company_id, kind, key,
                                                    made_on)
                    SELECT n.*, NOW() AT TIME ZONE 'UTC'
                      FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[]) AS n
                    """,
                    *(list(column) for column in columns),
                )
            )
        self.invalidate_model(flush=False)

    def _get_keys(self, customers):
        """((file, company), kind, key) of files, from all their contacts."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.id, f.company_id, p.id = f.partner_id, p.name, p.vat,
                       p.company_registry, COALESCE(p.phone_sanitized, p.phone),
                       p.email, p.website
                  FROM followup_customer f
                  JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                 WHERE f.id = ANY(%s) AND (p.active OR p.id = f.partner_id)
                """,
                customers.ids,
            )
        )
        for file_id, company_id, is_main, name, *details in rows:
            place = (file_id, company_id)
            vat, registry, phone, email, website = details
            keys = [("phone", phone_key(phone)), ("domain", domain_key(email))]
            if is_main:
                keys += name_keys(name).items() or [("name", "-")]
                keys += tax_keys(vat).items()
                keys += [("registry", tax_keys(registry).get("vat"))]
                keys += [("domain", domain_key(website))]
            yield from ((place, kind, key) for kind, key in keys if key)
