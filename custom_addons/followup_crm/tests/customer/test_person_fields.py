import json
from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ALL_GROUPS, MANAGER_GROUPS
from .person_common import PERSONAL, QUIET, SECRETS, PersonCase

# What must not be seen in any answer.
SECRET_TEXTS = ("secret-", "1971", "opponent", "deciding")


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonFields(PersonCase):
    """No generic way of Odoo gives a personal field to anybody (P5, R3, attack 2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # With every right there is.
        cls.administrator = cls._create_user(
            "everything", f"base.group_system,{MANAGER_GROUPS},{ALL_GROUPS}{PERSONAL}"
        )

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(*QUIET))

    def test_nobody_reads_personal_fields_of_the_person(self):
        """R3, attack 2: read, domain, dotted, order, group, export, for anybody."""
        users = (
            self.user_personal,
            self.all_personal,
            self.manager_personal,
            self.administrator,
        )
        for user in users:
            # Odoo's export right does not help either.
            user.sudo().group_ids += self.env.ref("base.group_allow_export")
            with self.subTest(user=user.login):
                self._attack_fields(user)

    def _attack_fields(self, user):
        person = self._as(self.person, user)
        ways = self._get_ways_in(person) | self._get_dotted_ways_in(person)
        for name in (*SECRETS, "hobby_ids", "personality_type_id"):
            for way, run in ways.items():
                self.env.invalidate_all()
                with (
                    self.assertRaises(AccessError, msg=f"{way} {name}"),
                    self.env.cr.savepoint(),
                ):
                    run(name)
        self.assertFalse(set(SECRETS) & set(person.fields_get()))
        self.assertNotIn("secret", str(person.read()))

    def _get_ways_in(self, person):
        persons = person.browse()
        group = persons.formatted_read_group
        contact_id = self.contact.id
        return {
            "read": lambda n: person.read([n]),
            "getattr": lambda n: person[n],
            "web_read": lambda n: person.web_read({n: {}}),
            "search": lambda n: persons.search([(n, "!=", False)]),
            "search_count": lambda n: persons.search_count([(n, "=", False)]),
            "web_search_read": lambda n: persons.web_search_read(
                [(n, "!=", False)], {"id": {}}
            ),
            "order": lambda n: persons.search([], order=n),
            "group": lambda n: group([], [n], ["__count"]),
            "aggregate": lambda n: group([], [], [f"{n}:count_distinct"]),
            "web_group": lambda n: persons.web_read_group([], [n]),
            "export": lambda n: person.export_data([n]),
            "write": lambda n: person.write({n: False}),
            "create": lambda n: persons.create({"contact_id": contact_id, n: False}),
            "mapped": lambda n: persons.search([("id", "=", person.id)]).mapped(n),
            "filtered": lambda n: person.filtered_domain([(n, "!=", False)]),
        }

    def _get_dotted_ways_in(self, person):
        sheets = person.env["followup.person.sheet"]
        customers = person.env["followup.customer"]
        dates = person.env["followup.person.date"]
        return {
            "dotted_group": lambda n: dates.formatted_read_group(
                [], [f"person_id.{n}"], ["__count"]
            ),
            "sheet_group": lambda n: sheets.formatted_read_group(
                [], [f"person_id.{n}"], ["__count"]
            ),
            "dotted": lambda n: customers.search([(f"person_ids.{n}", "!=", False)]),
            "dotted_sheet": lambda n: sheets.search([(f"person_id.{n}", "!=", False)]),
            "any": lambda n: customers.search(
                [("person_ids", "any", [(n, "!=", False)])]
            ),
        }

    def test_search_panel_and_progress_bar_tell_nothing(self):
        """R3, attack 2: refused, or not possible with such a field at all."""
        persons = self._as(self.env["followup.person"], self.user_personal)
        dates = self._as(self.env["followup.person.date"], self.user_personal)
        for name in (*SECRETS, "hobby_ids", "personality_type_id"):
            bar = {"field": name, "colors": {"secret-family": "x"}}
            for attack, *arguments in (
                (dates.search, [], 0, None, f"person_id.{name}"),
                (persons.search_panel_select_range, name),
                (persons.search_panel_select_multi_range, name),
                (persons.read_progress_bar, [], "role", bar),
            ):
                with suppress(UserError, ValueError, KeyError):
                    answer = attack(*arguments)
                    self.fail(f"{attack.__name__} {name}: {answer}")

    def test_onchange_and_suggestions_tell_nothing(self):
        """R3, attack 2: onchange, name search, copy and default values."""
        person = self._as(self.person, self.user_personal)
        spec = {name: {} for name in SECRETS}
        answers = [
            person.name_search("secret"),
            person.name_search("Clara"),
            person.web_name_search("Clara", {"display_name": {}}),
            person.default_get(list(SECRETS)),
        ]
        self.assertFalse(answers[0])
        self.assertTrue(answers[1])
        with suppress(AccessError, UserError, KeyError):
            answers.append(person.onchange({}, [], spec))
        with suppress(AccessError, UserError):
            answers.append(person.onchange({"role": "user"}, ["role"], spec))
        with suppress(AccessError, UserError):
            answers.append(person.copy_data())
        self._assert_no_secret(answers)

    def test_onchange_of_a_sheet_reveals_nothing(self):
        """R3, attacks 2, 5, 7: a sheet that is not saved shows no person's data."""
        model = self._as(self.env["followup.person.sheet"], self.user_personal)
        spec = {name: {} for name in (*SECRETS, "age", "line_ids")}
        answers = []
        for person in (self.person, self.foreign_person):
            values = {"person_id": person.id, "reason": "visit"}
            answers.append(model.onchange(values, ["person_id"], spec))
            answers.append(
                model.with_context(default_person_id=person.id).onchange({}, [], spec)
            )
            answers.append(model.new(values).family)
        sheet = self._reveal(self.person, self.user_personal)
        self.foreign_person.sudo().family = "foreign-family"
        answer = sheet.onchange(
            {"person_id": self.foreign_person.id}, ["person_id"], spec
        )
        self.assertNotIn("foreign-family", str(answer))
        self._assert_no_secret(answers)
        self.assertEqual(len(self._get_accesses(self.person)), 1)

    def test_no_trace_in_messages(self):
        """R3, attack 2: nothing is tracked, mailed, or rendered in a template."""
        self.assertNotIn("mail.thread", self.env["followup.person"]._inherit)
        self.assertFalse(hasattr(self.env["followup.person"], "message_post"))
        messages_before = self.customer.message_ids
        self._reveal(self.person, self.user_personal, family="secret-new-family")
        new = (self.customer.message_ids - messages_before).mapped("body")
        self._assert_no_secret(new)
        renderer = self._as(self.env["mail.render.mixin"], self.user_personal)
        texts = (
            "{{ object.family }}",
            "{{ object.person_ids.family }}",
        )
        for text, record in zip(texts, (self.person, self.customer), strict=True):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                renderer._render_template(
                    text, record._name, record.ids, engine="inline_template"
                )
            self._assert_no_secret(str(caught.exception))

    def test_sheets_are_not_exported(self):
        """R3, attack 2: Odoo's generic export refuses revealed data."""
        sheet = self._reveal(self.person, self.user_personal)
        with self.assertRaises(AccessError):
            sheet.export_data(["family"])

    def _assert_no_secret(self, answer):
        text = json.dumps(answer, default=str)
        for secret in SECRET_TEXTS:
            self.assertNotIn(secret, text)
