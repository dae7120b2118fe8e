from odoo import fields, models
from odoo.exceptions import UserError

from .states import CLOSING_RESULTS, LINKS, TRANSITIONS, WAITING_STATES


class Request(models.Model):
    """The way of a request through its states, reassignment included."""

    _inherit = "followup.request"

    # === ACTIONS === #

    def action_start(self):
        """Somebody works on it."""
        self._move("start")

    def action_answer(self):
        """Write the answer: the mail dialog, with phrases at hand."""
        self.ensure_one()
        self.check_access("write")
        partner = self._get_answer_partner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": partner.ids,
                "default_subject": self.env._(
                    "Re: %(subject)s (%(number)s)",
                    subject=self.subject,
                    number=self.name,
                ),
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "clicked_on_full_composer": True,
            },
        }

    def action_ask(self):
        """Open the dialog of a step that needs some words; the context names it."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A few words"),
            "res_model": "followup.request.step",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_request_id": self.id,
                "default_step": self.env.context.get("fcrm_step"),
            },
        }

    def action_match(self):
        """Open the dialog that finds out who asked."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who asked?"),
            "res_model": "followup.request.match",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    # === BUSINESS === #

    def _move(self, verb, **vals):
        """Take a step of the state machine; the only writer of the state."""
        self.check_access("write")
        sources, target = TRANSITIONS[verb]
        for request in self:
            if request.state not in sources:
                label = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(request)s is in status “%(state)s”: this step does not come"
                        " here.",
                        request=request.display_name,
                        state=label[request.state],
                    )
                )
        self._write_step(state=target, **vals)

    def _write_step(self, **vals):
        """Write protected fields for whoever may write the request."""
        self.check_access("write")
        # Elevated: these fields are closed to direct writing.
        self.sudo().write(vals)

    def _answered(self, note=None):
        """The customer has its answer: the clock stops, the first answer counts.

        :param note: what was said, where it was not written from here
        """
        now = fields.Datetime.now()
        for request in self:
            vals = {"answered_date": now}
            if not request.first_answered_date:
                late = request.answer_deadline and now > request.answer_deadline
                vals |= {
                    "first_answered_date": now,
                    "answer_hours": request._get_answer_hours(now),
                    "answer_result": "late" if late else "in_time",
                }
            request._move("answer", **vals)
            if note:
                request.message_post(body=note)
        self.activity_unlink(
            [
                "followup_crm.mail_activity_type_request_due",
                "followup_crm.mail_activity_type_request_late",
            ]
        )

    def _close(self, result, note=None):
        """It is settled: the customer has its answer, or it became something else."""
        for request in self:
            linked = request._get_link()
            if not linked and request.state in WAITING_STATES and result == "answered":
                raise UserError(
                    self.env._("Answer the customer first, or say why there is none.")
                )
            if not linked and result not in CLOSING_RESULTS:
                raise UserError(self.env._("Say what came of the request."))
            vals = {} if linked else {"result": result}
            request._move("close", closed_date=fields.Datetime.now(), **vals)
            if note:
                request.message_post(body=note)

    def _drop(self, reason):
        """It was no request: advertising, a mistake, one that came in twice."""
        for request in self:
            if request._get_link():
                raise UserError(
                    self.env._("Something was made of it already: close it instead.")
                )
            request._move("drop", result="void", closed_date=fields.Datetime.now())
            request.message_post(body=reason)

    def _reopen(self, reason):
        """It is not settled after all: the promised time runs anew."""
        for request in self:
            result = request.result if request._get_link() else False
            request._move(
                "reopen",
                result=result,
                closed_date=False,
                answered_date=False,
                asked_date=fields.Datetime.now(),
            )
            if reason:
                request.message_post(body=reason)
        self._replan()

    def _reassign(self, user, reason):
        """Give it to a colleague, who learns why."""
        self.check_access("write")
        for request in self:
            if request.company_id not in user.company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s does not work for %(company)s.",
                        user=user.name,
                        company=request.company_id.name,
                    )
                )
            if request.user_id == user:
                raise UserError(
                    self.env._("%(user)s handles it already.", user=user.name)
                )
            former = request.user_id.name or self.env._("nobody")
            # Elevated: the handler is closed to direct writing; who hands a request
            # over may lose it by that.
            own = request.sudo()
            own.write({"user_id": user.id, "reassign_count": own.reassign_count + 1})
            own.message_post(
                body=self.env._(
                    "Reassigned from %(former)s to %(user)s: %(reason)s",
                    former=former,
                    user=user.name,
                    reason=reason,
                ),
                author_id=self.env.user.partner_id.id,
            )
            activities = own.activity_ids.filtered(lambda one: one.user_id != user)
            activities.with_context(mail_activity_quick_update=True).write(
                {"user_id": user.id}
            )

    def _get_link(self):
        """What the request was turned into; empty if it was not."""
        self.ensure_one()
        # Elevated: a link that the user may not open is a link all the same.
        own = self.sudo()
        for name in LINKS.values():
            if own[name]:
                return own[name]
        return False

    def _get_answer_partner(self):
        """Who gets the answer: the contact, else one made of the address."""
        self.ensure_one()
        partner = self.partner_id or self.customer_id.partner_id
        if not partner and self.email_from:
            partner = self._partner_find_from_emails_single(
                [self.email_from],
                additional_values={
                    self.email_from: {
                        "name": self.contact_name or self.email_from,
                        "phone": self.phone,
                    }
                },
            )
        return partner
