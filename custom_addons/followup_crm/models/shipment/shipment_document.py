from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("wanted", "Missing"),
    ("ready", "Ready"),
    ("sent", "Sent"),
    ("received", "Received"),
    ("not_needed", "Not needed"),
]
METHODS = [
    ("courier", "Courier"),
    ("email", "E-mail"),
    ("bank", "Bank"),
    ("post", "Post"),
    ("hand", "By hand"),
    ("goods", "With the goods"),
]


class ShipmentDocument(models.Model):
    """A document that goes with a shipment (单据), and its receipt (单据签收), K2.

    Who sent what to whom, when and how, and who received it.
    """

    _name = "followup.shipment.document"
    _inherit = ["followup.guarded.mixin"]
    _description = "Document of a shipment"
    _order = "shipment_id desc, sequence, id"
    _server_only = frozenset(
        {
            "state",
            "customer_id",
            "company_id",
            "sent_on",
            "sent_by_id",
            "sent_to_id",
            "sent_method",
            "sent_reference",
            "received_on",
            "received_by",
            "is_released",
            "released_on",
            "released_by_id",
        }
    )

    shipment_id = fields.Many2one(
        "followup.shipment", required=True, index=True, ondelete="cascade"
    )
    customer_id = fields.Many2one(
        related="shipment_id.customer_id", store=True, index=True
    )
    company_id = fields.Many2one(related="shipment_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    type_id = fields.Many2one(
        "followup.shipment.document.type", string="Document", required=True
    )
    number = fields.Char(string="Document number", help="The document's own number.")
    originals = fields.Integer(default=1)
    copies = fields.Integer()
    days = fields.Integer(string="Days after departure")
    date_due = fields.Date(
        string="Wanted by",
        compute="_compute_date_due",
        store=True,
        readonly=False,
        help="The departure plus the days of the document set.",
    )
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(string="Name of the file")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="wanted",
        copy=False,
    )
    sent_on = fields.Date(string="Sent on", readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users", string="Sent by", readonly=True, copy=False
    )
    sent_to_id = fields.Many2one(
        "res.partner", string="Sent to", readonly=True, copy=False
    )
    sent_method = fields.Selection(METHODS, string="How", readonly=True, copy=False)
    sent_reference = fields.Char(string="Courier's number", readonly=True, copy=False)
    received_on = fields.Date(string="Received on", readonly=True, copy=False)
    received_by = fields.Char(string="Received by", readonly=True, copy=False)
    is_released = fields.Boolean(string="On the portal", readonly=True, copy=False)
    released_on = fields.Datetime(string="Released on", readonly=True, copy=False)
    released_by_id = fields.Many2one(
        "res.users", string="Released by", readonly=True, copy=False
    )
    note = fields.Char(string="Remark")
    is_late = fields.Boolean(compute="_compute_is_late", string="Is late")

    @api.depends("type_id.name", "number")
    def _compute_display_name(self):
        for document in self:
            words = (document.type_id.name, document.number)
            document.display_name = " ".join(word for word in words if word)

    @api.depends("days", "shipment_id.etd", "shipment_id.atd")
    def _compute_date_due(self):
        for document in self:
            departure = document.shipment_id.atd or document.shipment_id.etd
            if departure:
                document.date_due = departure + timedelta(days=document.days)

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for document in self:
            document.is_late = bool(
                document.state == "wanted"
                and document.date_due
                and document.date_due < today
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        documents = super().create(vals_list)
        documents.filtered("file")._become_ready()
        return documents

    def write(self, vals):
        self._refuse_server_only(vals)
        if "shipment_id" in vals and not self.env.su:
            target = self.env["followup.shipment"].browse(vals["shipment_id"])
            (self.shipment_id | target).check_access("write")
        if "file" in vals and not vals["file"] and any(self.mapped("is_released")):
            raise UserError(
                self.env._("Take the document off the portal before you remove it.")
            )
        result = super().write(vals)
        if vals.get("file"):
            self._become_ready()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(document.state in ("sent", "received") for document in self):
            raise UserError(
                self.env._(
                    "A document that was sent stays on the list: who has it must be"
                    " known later, too."
                )
            )

    # === ACTIONS === #

    def action_ready(self):
        """It is there, on paper or as a file."""
        self._set_state("ready", ("wanted", "not_needed"))

    def action_not_needed(self):
        """This shipment does without it."""
        self._set_state("not_needed", ("wanted", "ready"))

    def action_wanted(self):
        """Back to missing: what was noted on sending and receipt is forgotten."""
        self._set_state("wanted", ("ready", "sent", "received", "not_needed"))
        # Elevated: rights were checked by the step.
        self.sudo().write(
            dict.fromkeys(
                ("sent_on", "sent_by_id", "sent_to_id", "sent_method")
                + ("sent_reference", "received_on", "received_by"),
                False,
            )
        )

    def action_send(self):
        """Open the dialog that notes to whom, when and how these were sent."""
        return self._open_dispatch("send", self.env._("Send documents"))

    def action_receive(self):
        """Open the dialog that notes who received these."""
        return self._open_dispatch("receive", self.env._("Document receipt"))

    def action_release(self):
        """Show it to the customer on the portal."""
        self.check_access("write")
        for document in self:
            if not document.type_id.for_customer:
                raise UserError(
                    self.env._(
                        "%(document)s is for us only and is not shown to customers.",
                        document=document.type_id.name,
                    )
                )
            if not document.file:
                raise UserError(
                    self.env._(
                        "Add the file of %(document)s first: there is nothing to show.",
                        document=document.type_id.name,
                    )
                )
        # Elevated: rights are checked; what customers see is set here only.
        self.sudo().write(
            {
                "is_released": True,
                "released_on": fields.Datetime.now(),
                "released_by_id": self.env.uid,
            }
        )

    def action_withdraw(self):
        """Take it off the portal."""
        self.check_access("write")
        # Elevated: rights are checked; what customers see is set here only.
        self.sudo().write({"is_released": False})

    # === BUSINESS === #

    def _become_ready(self):
        """A file is proof that the document is there."""
        # Elevated: whoever may add the file brings the state up to date.
        self.filtered(lambda d: d.state == "wanted").sudo().state = "ready"

    def _set_state(self, state, allowed):
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for document in self:
            if document.state not in allowed:
                raise UserError(
                    self.env._(
                        "%(document)s: %(state)s. It cannot become: %(wanted)s.",
                        document=document.display_name,
                        state=labels[document.state],
                        wanted=labels[state],
                    )
                )
        # Elevated: rights are checked; the state is closed to direct writing.
        self.sudo().state = state

    def _open_dispatch(self, step, title):
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "followup.shipment.dispatch",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_step": step,
                "default_document_ids": self.ids,
                "default_shipment_id": self.shipment_id[:1].id,
            },
        }

    def _send(self, partner, method, day, reference=""):
        """Note that these documents were sent.

        :param partner: ``res.partner`` who gets them
        :param method: one of ``METHODS``
        """
        self._set_state("sent", ("wanted", "ready", "sent"))
        # Elevated: rights were checked by the step.
        self.sudo().write(
            {
                "sent_on": day,
                "sent_by_id": self.env.uid,
                "sent_to_id": partner.id,
                "sent_method": method,
                "sent_reference": reference,
            }
        )
        self.shipment_id._complete_documents(day)

    def _receive(self, received_by, day):
        """Note who received these documents (单据签收).

        :param received_by: name of the person
        """
        for document in self:
            if document.sent_on and day < document.sent_on:
                raise UserError(
                    self.env._("Documents are not received before they were sent.")
                )
        self._set_state("received", ("ready", "sent", "received"))
        # Elevated: rights were checked by the step.
        self.sudo().write({"received_on": day, "received_by": received_by})
