from odoo import api, fields, models

# An empty address makes Odoo's privacy log fail.
NO_EMAIL = "-@-"


class PersonErase(models.TransientModel):
    """Erase everything that is held on a person (R3).

    For requests of erasure (article 17 of the GDPR). For managers with the group
    "Personal data"; covers the records on this contact in all files that they may see.
    The contact itself stays: Odoo's privacy lookup deletes it where that is wanted.
    """

    _name = "followup.person.erase"
    _description = "Erasure of personal data"

    person_id = fields.Many2one(
        "followup.person", string="Record", required=True, ondelete="cascade"
    )
    contact_name = fields.Char(related="person_id.contact_id.name", string="Person")
    record_count = fields.Integer(
        string="Records to erase",
        compute="_compute_record_count",
        help="One for each customer file and company.",
    )

    @api.depends("person_id")
    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = len(wizard._get_persons())

    # === ACTIONS === #

    def action_erase(self):
        """Erase, and note it in Odoo's privacy log with the initials only."""
        self.ensure_one()
        self.check_access("write")
        self.person_id.check_access("read")
        persons = self._get_persons()
        contact = self.person_id.contact_id
        # Elevated: the privacy log belongs to administrators; this adds a line to it.
        self.env["privacy.log"].sudo().create(
            {
                "anonymized_name": contact.name or "-",
                "anonymized_email": contact.email_normalized or NO_EMAIL,
                "user_id": self.env.uid,
                "execution_details": "\n".join(
                    self.env._("Erased personal data #%(number)s", number=person.id)
                    for person in persons
                ),
                "records_description": self.env._(
                    "Decision maker (%(count)s): %(numbers)s",
                    count=len(persons),
                    numbers=", ".join(f"#{person.id}" for person in persons),
                ),
            }
        )
        persons._erase("erase")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.person_action"
        )

    # === BUSINESS === #

    def _get_persons(self):
        """All records on the same contact that the user may see."""
        return self.env["followup.person"].search(
            [("contact_id", "in", self.person_id.contact_id.ids)]
        )
