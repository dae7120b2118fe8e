from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

USER_GROUPS = "followup_crm.group_user"
ALL_GROUPS = "followup_crm.group_user_all"
MANAGER_GROUPS = "followup_crm.group_manager"
OFFICER_GROUPS = "followup_crm.group_complaint_officer"
PERSONAL_GROUPS = "followup_crm.group_user,followup_crm.group_personal_data"


class FollowupCase(TransactionCase):
    """Two companies, one user per role, and a short way to a customer file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(tracking_disable=True).env
        cls.company_a = cls.env["res.company"].create({"name": "Aster Garments"})
        cls.company_b = cls.env["res.company"].create({"name": "Birch Garments"})
        cls.user_own = cls._create_user("own", USER_GROUPS)
        cls.user_own_2 = cls._create_user("own2", USER_GROUPS)
        cls.user_all = cls._create_user("all", ALL_GROUPS)
        cls.manager = cls._create_user("manager", MANAGER_GROUPS)
        cls.officer = cls._create_user("officer", OFFICER_GROUPS)
        cls.user_personal = cls._create_user("personal", PERSONAL_GROUPS)
        cls.user_b = cls._create_user("userb", ALL_GROUPS, cls.company_b)
        cls.internal_user = cls._create_user("internal", "base.group_user")
        cls.portal_user = cls._create_user("portal", "base.group_portal")
        cls.germany = cls.env.ref("base.de")
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company_a.ids}
        )

    @classmethod
    def _create_user(cls, name, groups, company=None):
        company = company or cls.company_a
        return new_test_user(
            cls.env,
            f"followup_{name}",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            tz="UTC",
        )

    @classmethod
    def _create_customer(cls, name, user=None, company=None, **vals):
        """A file of ``user`` (default ``user_own``) in ``company`` (default A)."""
        company = company or cls.company_a
        files = cls.env["followup.customer"].with_company(company).sudo()
        customer = files.create(
            {
                "name": name,
                "company_id": company.id,
                "user_id": (user or cls.user_own).id,
                **vals,
            }
        )
        return customer.sudo(False)

    def _as(self, record, user):
        """The record as a user sees it in his or her own company."""
        return record.with_user(user).with_context(
            allowed_company_ids=user.company_id.ids
        )

    def _run_cron(self, xmlid):
        """Run a scheduled action as the scheduler does, within the test."""
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).sudo().method_direct_trigger()
        self.env.invalidate_all()
