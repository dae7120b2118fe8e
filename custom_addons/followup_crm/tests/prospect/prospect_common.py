from ..tier.tier_common import TierCase


class ProspectCase(TierCase):
    """Leads, users who sell, and stages by their phase."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user(
            "seller", "followup_crm.group_user,sales_team.group_sale_salesman"
        )
        cls.seller_2 = cls._create_user(
            "seller2", "followup_crm.group_user,sales_team.group_sale_salesman"
        )
        cls.sales_only = cls._create_user("sales", "sales_team.group_sale_salesman")
        stages = cls.env["crm.stage"].sudo()
        stages.search([]).write({"fcrm_phase": False, "team_ids": [(5,)]})
        cls.stages = {}
        for place, phase in enumerate(("prospect", "interested", "near", "signed")):
            cls.stages[phase] = stages.create(
                {
                    "name": phase,
                    "fcrm_phase": phase,
                    "sequence": 100 + place,
                    "is_won": phase == "signed",
                }
            )
        cls.fair = cls.env.ref("followup_crm.information_channel_exhibition")
        cls.guide = cls.env.ref("followup_crm.information_channel_trade_guide")
        cls.meeting = cls.env.ref("followup_crm.information_method_meeting")

    @classmethod
    def _lead(cls, name, user=None, company=None, **values):
        company = company or cls.company_a
        leads = cls.env["crm.lead"].sudo().with_company(company)
        return leads.create(
            {
                "name": name,
                "type": "opportunity",
                "team_id": False,
                "company_id": company.id,
                "user_id": (user or cls.seller).id,
                "stage_id": cls.stages["prospect"].id,
                **values,
            }
        )

    @classmethod
    def _partner(cls, name, **values):
        partners = cls.env["res.partner"].sudo()
        return partners.create({"name": name, "is_company": True, **values})
