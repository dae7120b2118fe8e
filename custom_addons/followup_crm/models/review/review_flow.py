from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

PROPOSAL = "followup_crm.mail_activity_type_review_bad"


class Review(models.Model):
    """A review is answered, becomes a complaint where it is bad, and is closed."""

    _inherit = "followup.review"

    @api.onchange("phrase_id")
    def _onchange_phrase_id(self):
        """Put the phrase into the answer, filled in."""
        phrase = self.phrase_id
        if not phrase:
            return
        record = self._origin or self
        text = phrase._origin._render(record)[1] if record.id else phrase.body
        self.answer = f"{self.answer}\n\n{text}" if self.answer else text
        self.phrase_id = False

    # === ACTIONS === #

    def action_answered(self):
        """Our answer stands below the review now."""
        self._check_state("new")
        if any(not (review.answer or "").strip() for review in self):
            raise UserError(self.env._("Write down our answer first."))
        self._write_step(
            state="answered",
            answered_on=fields.Date.context_today(self),
            answered_by_id=self.env.uid,
        )

    def action_close(self):
        """Nothing more is to be done; a bad one needs an answer or a complaint."""
        self.check_access("write")
        for review in self:
            if review.state == "closed":
                raise UserError(self.env._("This review is closed already."))
            if review.is_bad and review.state == "new" and not review.complaint_id:
                raise UserError(
                    self.env._("Answer a bad review first, or make a complaint of it.")
                )
        self._write_step(state="closed")
        self.activity_unlink([PROPOSAL])

    def action_reopen(self):
        """Look at it again."""
        self._check_state("closed")
        for review in self:
            review._write_step(state="answered" if review.answered_on else "new")

    def action_make_complaint(self):
        """Make a complaint of it, once, and open it."""
        self.ensure_one()
        self.check_access("write")
        # Elevated: the lock is no change.
        self.sudo().lock_for_update()
        self.invalidate_recordset(["complaint_id"])
        # Elevated: a complaint that the user may not open is one all the same.
        first = self.sudo().complaint_id
        if first:
            raise RedirectWarning(
                self.env._(
                    "A complaint was made of this review already: %(complaint)s.",
                    complaint=first.display_name,
                ),
                self._open_complaint(first),
                self.env._("Open it"),
            )
        complaint = self.env["followup.complaint"].create(
            self._prepare_complaint_vals()
        )
        self._write_step(complaint_id=complaint.id)
        self.activity_unlink([PROPOSAL])
        self.message_post(
            body=self.env._("Turned into %(record)s.", record=complaint.display_name)
        )
        return self._open_complaint(complaint)

    def action_open_complaint(self):
        """Open the complaint that was made of it."""
        self.ensure_one()
        self.check_access("read")
        return self._open_complaint(self.complaint_id)

    def action_open_actions(self):
        """The improvement actions that followed; a new one takes what is known."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Improvement actions"),
            "res_model": "followup.action",
            "view_mode": "list,form",
            "domain": [("review_id", "=", self.id)],
            "context": {
                "default_review_id": self.id,
                "default_origin": "review",
                "default_kind": "improvement",
                "default_product_id": self.product_id.id,
                "default_customer_id": self.customer_id.id,
                "default_company_id": self.company_id.id,
            },
        }

    # === BUSINESS === #

    def _propose_complaint(self):
        """A bad review: whoever handles it is asked at once to make a complaint."""
        for review in self:
            user = review.user_id or self.env.user
            # Elevated: the reminder is for somebody else.
            own = review.sudo().with_context(lang=user.lang)
            own.activity_schedule(
                PROPOSAL,
                note=own.env._(
                    "%(score)g of %(best)g on %(platform)s: answer it, and make a"
                    " complaint of it.",
                    score=review.score,
                    best=review.scale_max,
                    platform=review.platform_id.name,
                ),
                user_id=user.id,
            )

    def _prepare_complaint_vals(self):
        link = f"\n\n{self.url}" if self.url else ""
        return {
            "subject": self.name,
            "description": f"{self.text or self.name}{link}",
            "company_id": self.company_id.id,
            "customer_id": self.customer_id.id,
            "complainant_name": self.author,
            "channel": "review",
            "product_id": self.product_id.id,
            "user_id": self.user_id.id,
        }

    def _open_complaint(self, complaint):
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.complaint",
            "res_id": complaint.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    def _check_state(self, state):
        self.check_access("write")
        if any(review.state != state for review in self):
            raise UserError(self.env._("This step does not come here."))

    def _write_step(self, **vals):
        """Write protected fields for whoever may write the review."""
        self.check_access("write")
        # Elevated: these fields are closed to direct writing.
        self.sudo().write(vals)
