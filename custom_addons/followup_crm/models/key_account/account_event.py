from odoo import fields, models

KINDS = [
    ("recognised", "Became a key account"),
    ("ended", "Is no longer a key account"),
    ("included", "Included by hand"),
    ("excluded", "Excluded by hand"),
    ("by_class", "Left to its class"),
    ("manager", "Key account manager"),
    ("introduced", "Manager introduced in writing"),
    ("terms", "Payment terms"),
    ("limit", "Credit limit"),
    ("legal", "Legal representative"),
    ("management", "Management"),
    ("people", "People"),
    ("owner", "Account owner"),
    ("tier", "Tier"),
    ("combined", "Files combined"),
]
# The manager is told of these at once.
URGENT_KINDS = ("terms", "limit", "legal", "management")


class AccountEvent(models.Model):
    """What happened to a key account, and what changed about it (A1, A4).

    Written by methods only and never changed: the history of the account, and what a
    weekly check looks back at.
    """

    _name = "followup.account.event"
    _inherit = ["followup.account.detail.mixin"]
    _description = "Event of a key account"
    _rec_name = "kind"
    _order = "date desc, id desc"

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    kind = fields.Selection(KINDS, string="What", required=True, readonly=True)
    before = fields.Char(string="Was", readonly=True)
    after = fields.Char(string="Is now", readonly=True)
    note = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", readonly=True, index="btree_not_null"
    )

    # Query: what happened to an account since its last check.
    _account_date = models.Index("(account_id, date DESC, id DESC)")


class Account(models.Model):
    """Noting what happens."""

    _inherit = "followup.account"

    def _note_event(self, kind, before="", after="", note=""):
        """Note the same event on each of these accounts."""
        # Elevated: the history is nobody's to write.
        self.env["followup.account.event"].sudo().create(
            [
                {
                    "account_id": account.id,
                    "kind": kind,
                    "before": before or "",
                    "after": after or "",
                    "note": note or "",
                    "user_id": self.env.uid,
                }
                for account in self
            ]
        )
