from odoo import models

# Odoo's lookup finds these by their link to the contact; deleting one of them from its
# result must leave the traces that an erasure leaves.
ERASED_MODELS = (
    "followup.person",
    "followup.person.date",
    "followup.person.access",
)


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """Delete personal data by their own erasure, which is logged (R3)."""
        self.ensure_one()
        if self.is_unlinked or self.res_model not in (*ERASED_MODELS, "res.partner"):
            return super().action_unlink()
        # Elevated as in Odoo's own method: the lookup is for administrators.
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if self.res_model == "res.partner":
            self.env["followup.person"].sudo().search(
                [("contact_id", "in", record.ids)]
            )._erase("erase")
            return super().action_unlink()
        if record:
            record._erase_for_privacy()
        self.execution_details = self.env._(
            "Erased %(model)s #%(number)s",
            model=self.res_model_id.name,
            number=self.res_id,
        )
        self.is_unlinked = True
        return None
