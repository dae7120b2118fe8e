import json
from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .person_common import QUIET, PersonCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonApi(PersonCase, HttpCase):
    """The same over the real API (R3, attack 4)."""

    def _call(self, user, model, method, **arguments):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "test", datetime.now() + timedelta(hours=1))
        )
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
        return response

    @mute_logger("odoo.http", *QUIET)
    def test_api_of_a_plain_user(self):
        """R3, attack 4: refused, and no value in the answer, error or trace."""
        ids = self.person.ids
        calls = [
            ("followup.person", "read", {"ids": ids, "fields": ["family"]}),
            ("followup.person", "search_read", {"domain": [], "fields": ["family"]}),
            ("followup.person", "search", {"domain": [["family", "!=", False]]}),
            ("followup.person", "export_data", {"ids": ids, "fields": ["family"]}),
            (
                "followup.person.sheet",
                "create",
                {"vals_list": [{"person_id": ids[0], "reason": "visit"}]},
            ),
            ("followup.person", "action_reveal", {"ids": ids}),
            ("followup.person", "_erase", {"ids": ids, "action": "erase"}),
            ("followup.person", "_get_upcoming_dates", {}),
        ]
        for user in (self.user_all, self.manager):
            for model, method, arguments in calls:
                response = self._call(user, model, method, **arguments)
                self.assertGreaterEqual(response.status_code, 400, method)
                self.assertNotIn("secret-", response.text)
        for model, method, arguments in calls[:4]:
            response = self._call(self.user_personal, model, method, **arguments)
            self.assertGreaterEqual(response.status_code, 400, method)
            self.assertNotIn("secret-", response.text)
        self.assertTrue(self.person.exists())

    def test_api_of_an_entitled_user(self):
        """R3: the API's way is the sheet: reveal with a reason, then read."""
        response = self._call(
            self.user_personal,
            "followup.person.sheet",
            "create",
            vals_list=[{"person_id": self.person.id, "reason": "visit"}],
        )
        self.assertEqual(response.status_code, 200, response.text)
        answer = self._call(
            self.user_personal,
            "followup.person.sheet",
            "read",
            ids=response.json(),
            fields=["family", "birthday"],
        ).json()
        self.assertEqual(answer[0]["family"], "secret-family")
        self.assertEqual(self._get_accesses(self.person).action, "reveal")
