from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerCombine(FollowupCase):
    """Two customers that turn out to be one: never two truths, nothing lost (P1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls._create_customer(
            "Kept", strengths="Pays early", country_id=cls.germany.id
        )
        cls.gone = cls._create_customer(
            "Gone",
            user=cls.user_own_2,
            strengths="Large shops",
            settlement_day=15,
            team_user_ids=[(6, 0, cls.user_all.ids)],
        )
        cls.information = cls.env["followup.information"].create(
            {"customer_id": cls.gone.id, "content": "Opens in Gdynia"}
        )
        text = "Called on Monday"
        cls.note = cls.gone.message_post(body=text)
        cls.gone_code = cls.gone.code

    def _assert_combined(self):
        kept = self.kept
        self.assertFalse(self.gone.exists())
        self.assertEqual(self.information.customer_id, kept)
        self.assertIn("Pays early", kept.strengths)
        self.assertIn("Large shops", kept.strengths)
        self.assertEqual(kept.settlement_day, 15)
        self.assertIn(self.user_all, kept.team_user_ids)
        self.assertEqual(kept.user_id, self.user_own)
        self.assertEqual(kept.former_codes, self.gone_code)
        self.assertEqual(self.note.res_id, kept.id)
        self.assertIn("Combined with", kept.message_ids[0].body)

    def test_partner_merge_combines_the_files(self):
        """P1: Odoo's merge wizard loses nothing."""
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        partners = self.kept.partner_id | self.gone.partner_id
        wizard._merge(partners.ids, self.kept.partner_id)
        self._assert_combined()

    def test_merge_moves_the_only_file(self):
        """P1: the file of the source follows to a destination without one."""
        destination = self.env["res.partner"].create(
            {"name": "Destination", "is_company": True}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([self.gone.partner_id.id, destination.id], destination)
        self.assertEqual(self.gone.partner_id, destination)
        self.assertEqual(self.information.customer_id, self.gone)

    def test_merge_keeps_the_files_of_each_company(self):
        """P1: files of different companies are not mixed."""
        file_b = self._create_customer("B", user=self.user_b, company=self.company_b)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(
            (self.kept.partner_id | file_b.partner_id).ids, self.kept.partner_id
        )
        self.assertEqual(file_b.partner_id, self.kept.partner_id)
        self.assertEqual(
            self.kept.partner_id.sudo().fcrm_customer_ids, self.kept | file_b
        )

    def test_customer_becomes_a_contact(self):
        """P1: its file is combined with the company's, with a note."""
        self.gone.partner_id.write(
            {"parent_id": self.kept.partner_id.id, "is_company": False}
        )
        self._assert_combined()

    def test_customer_becomes_a_contact_of_a_company_without_file(self):
        """P1: then it is the company's file."""
        parent = self.env["res.partner"].create({"name": "Head", "is_company": True})
        self.gone.partner_id.write({"parent_id": parent.id, "is_company": False})
        self.assertEqual(self.gone.partner_id, parent)

    def test_customer_becomes_a_contact_and_its_file_an_archive(self):
        """P1: kept archived when the user says so."""
        wizard = self._as(self.env["followup.customer.attach"], self.user_all).create(
            {
                "customer_id": self.gone.id,
                "parent_id": self.kept.partner_id.id,
                "mode": "archive",
            }
        )
        wizard.action_apply()
        self.assertTrue(self.gone.exists())
        self.assertFalse(self.gone.active)
        self.assertEqual(self.gone.commercial_partner_id, self.kept.partner_id)
        self.assertEqual(self.information.customer_id, self.gone)

    def test_graver_standing_holds(self):
        """P17: combining does not wash a blacklisted customer clean."""
        self._as(self.gone, self.manager)._request_standing("blacklisted", "Fraud")
        self.gone._combine_into(self.kept)
        self.assertEqual(self.kept.standing, "blacklisted")
        self.assertEqual(self.kept.standing_reason, "Fraud")
