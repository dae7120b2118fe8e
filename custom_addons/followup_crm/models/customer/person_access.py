from odoo import api, fields, models

REASONS = [
    ("visit", "Preparing a visit or call"),
    ("greeting", "Greeting, gift or invitation"),
    ("negotiation", "Preparing a negotiation"),
    ("update", "Entering or correcting data"),
    ("request", "The person's own request"),
    ("check", "Checking as a manager"),
    ("other", "Other"),
]
ACTIONS = [
    ("reveal", "Revealed"),
    ("edit", "Changed"),
    ("export", "Exported"),
    ("combine", "Combined"),
    ("erase", "Erased"),
    ("retention", "Erased at the end of the time"),
]


class PersonAccess(models.Model):
    """Who looked at, changed, exported or erased personal data, when and why (R3).

    Written by the server only and never changed, but for an erasure: it takes the
    person's name and the remarks out. Managers read it; it has no owner rule, because
    it watches the owners. It holds no personal values.
    """

    _name = "followup.person.access"
    _description = "Access to personal data"
    _rec_name = "contact_name"
    _order = "date desc, id desc"
    _log_access = False

    date = fields.Datetime(
        required=True, default=fields.Datetime.now, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    action = fields.Selection(ACTIONS, required=True, readonly=True)
    person_id = fields.Many2one(
        "followup.person",
        string="Record",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    contact_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    contact_name = fields.Char(
        string="Person",
        required=True,
        readonly=True,
        help="The name at that time; after an erasure its initials only.",
    )
    customer_id = fields.Many2one(
        "followup.customer",
        string="Customer file",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index=True
    )
    reason = fields.Selection(REASONS, readonly=True)
    note = fields.Char(string="Remark", readonly=True)
    field_names = fields.Char(readonly=True, string="Field names")
    field_labels = fields.Char(
        string="Entries",
        compute="_compute_field_labels",
        help="What was changed; the values themselves are not logged.",
    )

    @api.depends("field_names")
    @api.depends_context("lang")
    def _compute_field_labels(self):
        # Elevated: the labels of fields that nobody may read are no secret.
        persons = self.env["followup.person"].sudo()
        labels = persons.fields_get(attributes=["string"])
        for access in self:
            names = (access.field_names or "").split(",")
            access.field_labels = ", ".join(
                labels[name]["string"] for name in names if name in labels
            )

    # === BUSINESS === #

    @api.model
    def _log(self, persons, action, reason=None, note=None, field_names=()):
        """Note one action of the current user on these persons.

        :param persons: ``followup.person``
        :param str action: a key of ``ACTIONS``
        :param str reason: a key of ``REASONS``
        :param field_names: what was changed; names only, never values
        """
        # Elevated: nobody may write the log by hand.
        return self.sudo().create(
            self._prepare_log_vals(persons, action, reason, note, field_names)
        )

    @api.model
    def _prepare_log_vals(
        self, persons, action, reason=None, note=None, field_names=()
    ):
        # Elevated: the names of person, contact and file go into the log.
        return [
            {
                "user_id": self.env.uid,
                "action": action,
                "person_id": person.id,
                "contact_id": person.contact_id.id,
                "contact_name": person.contact_id.name or "-",
                "customer_id": person.customer_id.id,
                "reason": reason,
                "note": note,
                "field_names": ",".join(field_names) or False,
            }
            for person in persons.sudo()
        ]

    def _anonymise(self):
        """Take out who the rows are about and what was remarked; the rest stays."""
        anonymise = self.env["privacy.log"]._anonymize_name
        # Elevated: the log is nobody's to write.
        for name, rows in self.sudo().grouped("contact_name").items():
            rows.write(
                {"contact_name": anonymise(name), "contact_id": False, "note": False}
            )

    def _erase_for_privacy(self):
        """The log stays as proof, without the person."""
        self._anonymise()
