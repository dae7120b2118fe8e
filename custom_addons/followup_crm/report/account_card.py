from odoo import api, models

from ..tools.sheet import Pairs, pack


class AccountCardReport(models.AbstractModel):
    """Values of the PDF of the key account card (A2)."""

    _name = "report.followup_crm.account_card"
    _description = "Key account card"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        accounts = self.env["followup.account"].browse(docids).exists()
        report = accounts._get_card_report()
        return {
            "doc_ids": accounts.ids,
            "doc_model": "followup.account",
            "docs": accounts,
            "report": report,
            # The company is named on every sheet, whoever may read it.
            "pages": [
                (account.company_id.sudo(), sheet)
                for account, sheet in zip(accounts, report.sheets, strict=True)
            ],
            "printed": report.facts[1:3],
            "is_pairs": lambda section: isinstance(section, Pairs),
            "pack": pack,
        }
