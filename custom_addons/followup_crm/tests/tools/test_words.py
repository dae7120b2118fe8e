from odoo.tests import BaseCase, tagged

from ...tools.words import search_words


@tagged("post_install", "-at_install", "tools")
class TestWords(BaseCase):
    """C11: Words for searching, in any language."""

    def test_western_words(self):
        """C11: Endings and small words do not matter."""
        first = search_words("The colours of the shirts differ")
        second = search_words("coloured shirt, differing")
        self.assertEqual(set(first) & set(second), {"wcolou", "wshirt", "wdiffe"})
        self.assertNotIn("wthe", first)

    def test_chinese(self):
        """C11: Chinese has no blanks: pairs of characters are found."""
        article = search_words("同一箱内色差明显")
        complaint = search_words("衬衫有色差")
        self.assertEqual(len(set(article) & set(complaint)), 1)
        self.assertTrue(all(word.isascii() and word.isalnum() for word in article))

    def test_odd_input(self):
        """C11: Nothing, emoji, signs of a query: no error, no query."""
        self.assertEqual(search_words(None, "", "😀 & | ! ' :"), [])
        self.assertTrue(all(w.isalnum() for w in search_words("a' | b:* & çà йод")))

    def test_not_too_many(self):
        """C11: A megabyte of words is cut."""
        self.assertEqual(len(search_words(" ".join(map(str, range(10, 9999))))), 2000)
