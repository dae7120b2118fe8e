from datetime import date

from ..value.value_common import ValueCase

NOON = "2026-07-15 12:00:00"
TODAY = date(2026, 7, 15)


class DashboardCase(ValueCase):
    """Two customers of one user, one of another, on 15 July 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own")
        cls.second = cls._create_customer("Second")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)

    def _get(self, user, role=None):
        return self._as(self.env["followup.dashboard"], user).get_dashboard(role)

    def _tiles(self, user, role=None):
        return {tile["key"]: tile["value"] for tile in self._get(user, role)["tiles"]}

    def _panel(self, key, user, role=None):
        data = self._get(user, role)
        return next(panel for panel in data["panels"] if panel["key"] == key)
