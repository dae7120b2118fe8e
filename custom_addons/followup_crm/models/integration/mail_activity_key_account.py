from odoo import models


class MailActivity(models.Model):
    """The reminder of a check is done when the check is."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """Done in the list of activities: the check is, too, or says what it lacks."""
        if not self.env.context.get("fcrm_check_done"):
            mine = self.filtered(lambda a: a.res_model == "followup.account.check")
            # Whoever may not change the check gets no further.
            checks = self.env["followup.account.check"].browse(mine.mapped("res_id"))
            checks = checks.exists().filtered(lambda check: check.state == "open")
            if checks:
                if feedback:
                    for check in checks:
                        said = [check.note, feedback]
                        check.note = "\n".join(text for text in said if text)
                checks.with_context(fcrm_check_done=True).action_done()
                self = self.filtered("active")
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
