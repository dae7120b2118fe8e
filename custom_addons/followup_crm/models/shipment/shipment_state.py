from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Where each step may start from.
STEPS = {
    "booked": ("planned",),
    "under_way": ("planned", "booked"),
    "arrived": ("under_way",),
    "delivered": ("under_way", "arrived"),
    "cancelled": ("planned", "booked"),
}
# One step back, and what it forgets.
BACK = {
    "booked": ("planned", ()),
    "under_way": ("booked", ("atd",)),
    "arrived": ("under_way", ("ata",)),
    "delivered": (
        "arrived",
        ("delivered_on", "delivered_to", "delivery_condition", "delivery_note"),
    ),
    "cancelled": ("planned", ()),
}


class Shipment(models.Model):
    """The way of a shipment, step by step; each step is an event (K2)."""

    _inherit = "followup.shipment"

    # === ACTIONS === #

    def action_new(self):
        """Open the short form that starts a shipment."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New shipment"),
            "res_model": "followup.shipment.new",
            "view_mode": "form",
            "target": "new",
            "context": dict(self.env.context),
        }

    def action_book(self):
        """Space is booked."""
        self._step("booked", {})
        for shipment in self:
            shipment._log_event("booked", shipment.booking_number)

    def action_depart(self):
        """The goods have left: today, unless the form says when."""
        today = fields.Date.context_today(self)
        self._check_step("under_way")
        for shipment in self:
            shipment._step("under_way", {"atd": shipment.atd or today})
            shipment._log_event(
                "departed", place=shipment.port_loading, day=shipment.atd, public=True
            )
            shipment._complete_milestones("departure", shipment.atd)

    def action_arrive(self):
        """The goods have arrived at the port or airport: today, unless filled in."""
        today = fields.Date.context_today(self)
        self._check_step("arrived")
        for shipment in self:
            shipment._step("arrived", {"ata": shipment.ata or today})
            shipment._log_event(
                "arrived", place=shipment.port_discharge, day=shipment.ata, public=True
            )
            shipment._complete_milestones("arrival", shipment.ata)
            shipment._ask_after_arrival()

    def action_deliver(self):
        """Open the dialog that asks who took the goods."""
        self.ensure_one()
        self._check_step("delivered")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proof of delivery"),
            "res_model": "followup.shipment.delivery",
            "view_mode": "form",
            "target": "new",
            "context": {"default_shipment_id": self.id},
        }

    def action_cancel(self):
        """It will not take place; the record stays."""
        self._step("cancelled", {})
        for shipment in self:
            shipment._log_event("cancelled")

    def action_back(self):
        """Undo the last step, for what was pressed by mistake."""
        self.check_access("write")
        for shipment in self:
            if shipment.state not in BACK:
                raise UserError(self.env._("There is no earlier step."))
            state, forgotten = BACK[shipment.state]
            # Elevated: rights are checked; the state is closed to direct writing.
            shipment.sudo().write({"state": state, **dict.fromkeys(forgotten, False)})
            if state == "arrived":
                shipment._ask_after_arrival()
            else:
                shipment._drop_question()

    def action_presented(self):
        """The bank has the documents of the letter of credit."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        for shipment in self:
            if not shipment.lc_number:
                raise UserError(
                    self.env._("Fill in the number of the letter of credit first.")
                )
            # Elevated: rights are checked; the date is closed to direct writing.
            shipment.sudo().lc_presented_on = today
            shipment._log_event("documents", self.env._("Documents are at the bank"))

    # === BUSINESS === #

    @api.model
    def _start(self, customer, vals):
        """Start a shipment of a customer whose file the user may write.

        :param customer: ``followup.customer`` record
        :param vals: values of the shipment, none of them protected
        :return: the new ``followup.shipment`` with its document set
        """
        customer.ensure_one()
        customer.check_access("write")
        orders = self.env["sale.order"].browse(vals.pop("order_ids", []))
        pickings = self.env["stock.picking"].browse(vals.pop("picking_ids", []))
        for documents in filter(None, (orders, pickings)):
            documents.check_access("read")
        self._refuse_server_only(vals)
        # Elevated: terms of the order belong to its shipment.
        first = orders[:1].sudo() or pickings.sudo().sale_id[:1]
        credit = first._fcrm_get_credit_vals()
        vals = {**credit, **{k: v for k, v in vals.items() if v or k not in credit}}
        # Elevated: whoever works with a customer starts its shipments by this method.
        shipment = self.sudo().create(
            {
                "user_id": self.env.uid,
                "incoterm_id": first.incoterm.id,
                "incoterm_place": first.incoterm_location,
                **vals,
                "customer_id": customer.id,
                "order_ids": [Command.set(orders.ids)],
                "picking_ids": [Command.set(pickings.ids)],
            }
        )
        shipment._apply_template()
        return shipment.sudo(False)

    def _deliver(self, day, signed_by, condition="good", note=""):
        """The customer has the goods: proof of delivery, and K7 is prepared.

        :param day: when
        :param signed_by: name of who took them
        """
        self.ensure_one()
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("A delivery is not confirmed in advance."))
        if not (signed_by or "").strip():
            raise UserError(self.env._("Write down who took the goods."))
        if self.atd and day < self.atd:
            raise UserError(self.env._("Goods are not delivered before they left."))
        self._step(
            "delivered",
            {
                "ata": self.ata or day,
                "delivered_on": day,
                "delivered_to": signed_by,
                "delivery_condition": condition,
                "delivery_note": note,
            },
        )
        self._log_event("delivered", place=self.place_delivery, day=day, public=True)
        self._complete_milestones("arrival", self.ata)
        self._ask_after_arrival()

    def _check_step(self, state):
        """Raise where one of these shipments cannot take this step, or not by us."""
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for shipment in self:
            if shipment.state not in STEPS[state]:
                raise UserError(
                    self.env._(
                        "%(shipment)s is %(state)s: it cannot become %(wanted)s.",
                        shipment=shipment.name,
                        state=labels[shipment.state],
                        wanted=labels[state],
                    )
                )

    def _step(self, state, vals):
        self._check_step(state)
        # Elevated: rights are checked; the state is closed to direct writing.
        self.sudo().write({**vals, "state": state})

    def _log_event(self, kind, text="", place="", day=None, public=False):
        """Note what happened; ``day`` only where it was not just now."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        when = fields.Datetime.now()
        if day and day != today:
            when = fields.Datetime.to_datetime(day).replace(hour=12)
        # Elevated: the step's own rights are checked; events of steps are nobody's.
        return (
            self.env["followup.shipment.event"]
            .sudo()
            .create(
                {
                    "shipment_id": self.id,
                    "kind": kind,
                    "date": when,
                    "place": place,
                    "name": text,
                    "is_public": public,
                    "by_step": True,
                    "user_id": self.env.uid,
                }
            )
        )

    def _apply_template(self):
        """Add the documents of the set that fits and that are not there yet."""
        templates = self.env["followup.shipment.template"]
        candidates = templates._get_candidates(self.company_id)
        vals_list = []
        for shipment in self:
            fitting = (one for one in candidates if one._fits(shipment))
            present = shipment.document_ids.type_id
            vals_list += [
                line._prepare_document_vals(shipment)
                for line in next(fitting, templates).line_ids
                if line.type_id not in present
            ]
        # Elevated: documents are made by the rule, for whoever may write the shipment.
        self.env["followup.shipment.document"].sudo().create(vals_list)

    def action_apply_template(self):
        """Add what the document set wants and what is missing."""
        self.check_access("write")
        self._apply_template()
