from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html


class Chase(models.Model):
    """Looked through, then sent or skipped by a person."""

    _inherit = "followup.chase"

    # === ACTIONS === #

    def action_send(self):
        """Send these reminders; what cannot go out is left out, and said."""
        self.check_access("write")
        # Elevated: the lock is no change.
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        sent, reasons = self.browse(), {}
        labels = dict(self._fields["send_state"]._description_selection(self.env))
        for chase in self:
            # One by one: what is sent here counts for the next of the same customer.
            chase.invalidate_recordset(["send_state"])
            if chase.send_state == "ready":
                chase._send()
                sent |= chase
            else:
                reasons[chase.partner_id.display_name] = labels[chase.send_state]
        text = "\n".join(f"{name}: {reason}" for name, reason in reasons.items())
        if not sent:
            raise UserError(text or self.env._("There is nothing to send."))
        return self._get_notice(sent, text)

    def action_skip(self):
        """No reminder this time; the next is proposed after the usual interval."""
        self.check_access("write")
        self._check_proposed()
        # Elevated: the state is closed to direct writing.
        self.sudo().write(
            {"state": "skipped", "done_on": fields.Date.context_today(self)}
        )

    def action_opt_out(self):
        """The customer wants no reminders at all."""
        self.check_access("write")
        self._check_proposed()
        self.customer_id.check_access("write")
        self.customer_id.write({"chase_opt_out": True})
        # Elevated: the state is closed to direct writing.
        open_ones = self.sudo().search(
            [
                ("customer_id", "in", self.customer_id.ids),
                ("state", "=", "proposed"),
            ]
        )
        open_ones.write(
            {"state": "withdrawn", "done_on": fields.Date.context_today(self)}
        )

    def action_open_document(self):
        """Open the quotation, or the product tracking of the sample."""
        self.ensure_one()
        self.check_access("read")
        record = self.order_id or self.sample_id.tracking_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _check_proposed(self):
        if any(chase.state != "proposed" for chase in self):
            raise UserError(self.env._("This reminder has been dealt with already."))

    def _send(self):
        """Write the mail on the document, in the name of the current user."""
        self.ensure_one()
        # Elevated: whoever may send the reminder need not be a salesperson.
        own = self.sudo()
        thread = own.order_id or own.sample_id.tracking_id
        thread.message_post(
            body=plaintext2html(own.body),
            subject=own.subject,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=own.partner_id.ids,
            author_id=self.env.user.partner_id.id,
        )
        own.write(
            {
                "state": "sent",
                "sent_date": fields.Datetime.now(),
                "sent_on": fields.Date.context_today(self),
                "done_on": fields.Date.context_today(self),
                "sent_by_id": self.env.uid,
            }
        )
        if own.phrase_id:
            own.phrase_id.sudo(False)._note_use(own.company_id)
        self.env.flush_all()

    def _get_notice(self, sent, left_out):
        message = self.env._("Reminders sent: %(count)s", count=len(sent))
        if left_out:
            message = f"{message}\n{left_out}"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
