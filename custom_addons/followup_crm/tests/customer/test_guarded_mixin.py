from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import FollowupCase

MIXIN = "followup.guarded.mixin"
# Trackings are refused altogether: an order makes them.
REFUSED = "cannot be set directly|is made when an order is confirmed"


@tagged("post_install", "-at_install", "customer")
class TestGuardedMixin(FollowupCase):
    """R1, attacks 6 and 7: nobody sets what only methods set, in any guarded model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = sorted(cls.env.registry[MIXIN]._inherit_children)
        cls.models = [cls.env[name] for name in names if not cls.env[name]._abstract]
        cls.manager.group_ids += cls.env.ref("followup_crm.group_complaint_officer")

    def test_every_protected_field_exists(self):
        """A misspelt name would protect nothing."""
        self.assertGreaterEqual(len(self.models), 8)
        for model in self.models:
            with self.subTest(model=model._name):
                self.assertTrue(model._server_only)
                self.assertFalse(model._server_only - set(model._fields))

    def test_context_gives_no_default(self):
        """What a link or a form puts into the context does not get through."""
        for model in self.models:
            model = self._as(model, self.manager)
            names = sorted(model._server_only)
            spoilt = {f"default_{name}": "spoilt" for name in names}
            with self.subTest(model=model._name):
                self.assertEqual(
                    model.with_context(**spoilt).default_get(names),
                    model.default_get(names),
                )
                self.assertNotIn(
                    "spoilt", model.with_context(**spoilt).default_get(names).values()
                )

    def test_values_are_refused(self):
        """Neither a new record nor a change sets them, whatever the value."""
        for model in self.models:
            model = self._as(model, self.manager)
            for name in model._server_only:
                with self.subTest(model=model._name, field=name):
                    with self.assertRaisesRegex(AccessError, REFUSED):
                        model.create([{name: False}])
                    with self.assertRaisesRegex(AccessError, "cannot be set directly"):
                        model.write({name: False})
