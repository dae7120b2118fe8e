from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestArticle(ComplaintCase):
    """C11: Problems and solutions, proposed while one works."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.articles = cls.env["followup.knowledge.article"].with_user(cls.officer)
        cls.shades = cls.articles.create(
            {
                "name": "Shades differ within one carton",
                "solution": "<p>Sort the dye lots before cutting.</p>",
                "keywords": "色差 off colour",
            }
        )
        cls.documents = cls.articles.create(
            {
                "name": "Certificate of origin misses a stamp",
                "solution": "<p>Send the corrected form by express.</p>",
            }
        )

    def _propose(self, **vals):
        return self._complain(**vals).proposed_article_ids

    def test_by_words(self):
        """C11: English and Chinese words find the article."""
        self.assertEqual(self._propose(subject="The shading is differing"), self.shades)
        self.assertEqual(self._propose(subject="衬衫有色差"), self.shades)
        self.assertEqual(
            self._propose(subject="Customs", description="No stamp on the certificate"),
            self.documents,
        )
        self.assertFalse(self._propose(subject="Holes"))

    def test_by_category_and_product(self):
        """C11: Without a shared word, category and product propose it."""
        self.documents.category_ids = self.category
        self.assertEqual(
            self._propose(subject="x", category_id=self.category.id), self.documents
        )
        self.shades.product_ids = self.product.product_tmpl_id
        found = self._propose(
            subject="x", category_id=self.category.id, product_id=self.product.id
        )
        self.assertEqual(found, self.shades + self.documents, "A product says more.")

    def test_counted(self):
        """C11: How often an article helped is counted, and it is not offered again."""
        complaint = self._complain(subject="Shades")
        article = complaint.proposed_article_ids
        article.with_context(fcrm_complaint_id=complaint.id).action_helped()
        self.assertEqual(complaint.article_ids, self.shades)
        self.assertEqual(self.shades.helped_count, 1)
        complaint.invalidate_recordset()
        self.assertFalse(complaint.proposed_article_ids)

    def test_other_companies_articles(self):
        """C11: Another company's articles are not proposed, archived ones neither."""
        self.shades.sudo().company_id = self.company_b
        self.assertFalse(self._propose(subject="Shades"))
        self.shades.sudo().write({"company_id": False, "active": False})
        self.assertFalse(self._propose(subject="Shades"))

    def test_odd_texts(self):
        """C11: Signs that mean something in a query are words like others."""
        for text in ("'; DROP TABLE x; --", "a:* & | !", "\\", "😀", "ü" * 3000):
            self._propose(subject="x", description=text)

    def test_written_from_a_complaint(self):
        """C11: What was learnt becomes an article."""
        complaint = self._judged(product_id=self.product.id)
        context = self._as(complaint, self.officer).action_write_article()["context"]
        self.assertEqual(context["default_category_ids"], self.category.ids)
        self.assertIn("dye lots", context["default_solution"])
