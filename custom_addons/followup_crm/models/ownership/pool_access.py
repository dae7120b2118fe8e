from odoo import api, fields, models


class PoolAccess(models.Model):
    """Who looked at which customer of the pool, for managers (F6)."""

    _name = "followup.pool.access"
    _description = "Look into the pool"
    _rec_name = "user_id"
    _order = "date desc, id desc"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict", index=True
    )
    customer_id = fields.Many2one(
        "followup.customer", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, readonly=True
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    day = fields.Date(required=True, readonly=True)

    # Query: what a user has looked at today, which is not counted twice.
    _user_day = models.Index("(user_id, day)")
    # Query: the rows that follow when two files are combined.
    _customer = models.Index("(customer_id)")

    @api.model
    def _note(self, customer, day):
        """Note that the current user looks at a customer.

        :return: whether it is the first time that day
        """
        # Elevated: the log is nobody's to write.
        log = self.sudo()
        known = log.search_count(
            [
                ("user_id", "=", self.env.uid),
                ("day", "=", day),
                ("customer_id", "=", customer.id),
            ],
            limit=1,
        )
        log.create({"user_id": self.env.uid, "customer_id": customer.id, "day": day})
        return not known
