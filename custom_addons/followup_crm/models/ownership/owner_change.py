from odoo import api, fields, models

KINDS = [
    ("assigned", "Assigned"),
    ("claimed", "Claimed from the pool"),
    ("pool", "Left for the pool by the rules"),
    ("released", "Given back to the pool"),
    ("handover", "Handed over"),
    ("decided", "Decided in a conflict"),
]


class OwnerChange(models.Model):
    """A customer's change of owner: who owned it, until when, and why (F6).

    Written by the one method that changes an owner, and never changed. A file without
    a row has had one owner (or none) ever since it was made.
    """

    _name = "followup.owner.change"
    _description = "Change of owner"
    _rec_name = "customer_id"
    _order = "date desc, id desc"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, readonly=True)
    from_user_id = fields.Many2one(
        "res.users", string="From", readonly=True, ondelete="restrict"
    )
    to_user_id = fields.Many2one(
        "res.users", string="To", readonly=True, ondelete="restrict"
    )
    held_since = fields.Date(
        string="Held since",
        readonly=True,
        help="Since when the former owner had the customer.",
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, string="How")
    reason = fields.Text(readonly=True)
    done_by_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, ondelete="restrict"
    )

    # Query: the history of one customer, the newest first.
    _customer = models.Index("(customer_id, date DESC, id DESC)")
    # Query: what a user lost lately (cool-down), and whether he ever owned one.
    _from_user = models.Index("(from_user_id, date) WHERE from_user_id IS NOT NULL")

    @api.model
    def _log(self, customers, user, kind, reason=False):
        """Note that these files go from their present owners to ``user`` (or none)."""
        now = fields.Datetime.now()
        # Elevated: history is nobody's to write.
        return self.sudo().create(
            [
                {
                    "customer_id": customer.id,
                    "company_id": customer.company_id.id,
                    "date": now,
                    "from_user_id": customer.user_id.id,
                    "to_user_id": user.id,
                    "held_since": customer._get_owned_since(),
                    "kind": kind,
                    "reason": reason,
                    "done_by_id": self.env.uid,
                }
                for customer in customers
            ]
        )
