from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

# Roles from the one with most to the one with least to oversee, with their groups.
ROLES = (
    ("manager", "followup_crm.group_manager"),
    ("officer", "followup_crm.group_complaint_officer"),
    ("user", "followup_crm.group_user"),
)
# Rows of a list on the dashboard: the rest is one click away.
SHOWN = 6


class Dashboard(models.AbstractModel):
    """The page that shows what needs a user today, and how things stand (S2).

    One call brings all of it, for one of three roles. Every figure is counted with the
    user's own rights and carries the action that opens the list behind it.
    """

    _name = "followup.dashboard"
    _description = "Dashboard"

    @api.model
    @api.readonly
    def get_dashboard(self, role=None):
        """Everything the page shows.

        :param role: ``user`` (own work), ``officer`` (complaints) or ``manager`` (the
            company); default the first that the user has of manager, officer, user
        :return: dict ``role``, ``roles``, ``day``, ``company``, ``currency_id``,
            ``steps`` (how to begin; empty once begun), ``tiles`` (see ``_make_tile``)
            and ``panels`` (see ``_make_panel``); amounts in company currency
        :raise AccessError: the user has no role, or not the one asked for
        """
        roles = self._get_roles()
        role = role or next(iter(roles), None)
        if role not in roles:
            raise AccessError(
                self.env._(
                    "This dashboard is for users of Follow-up CRM: ask for a role."
                )
            )
        # What several parts need is computed once, and handed on.
        page = self.with_context(fcrm_totals={})
        return {
            "role": role,
            "roles": [{"key": key, "name": name} for key, name in roles.items()],
            "day": format_date(
                self.env, fields.Date.context_today(self), date_format="full"
            ),
            "company": self.env.company.name,
            "currency_id": self.env.company.currency_id.id,
            "steps": self._get_steps(role),
            "tiles": [tile for tile in page._get_tiles(role) if tile],
            "panels": [panel for panel in page._get_panels(role) if panel],
        }

    @api.model
    def _get_roles(self):
        names = {
            "manager": self.env._("Company"),
            "officer": self.env._("Complaint desk"),
            "user": self.env._("My work"),
        }
        return {
            role: names[role] for role, group in ROLES if self.env.user.has_group(group)
        }

    # === FIRST STEPS === #

    @api.model
    def _get_steps(self, role):
        """What a new user does first: shown until each is done.

        :return: list of dicts ``title``, ``text``, ``done``, ``action``; empty for
            complaint officers, and when everything is done
        """
        if role == "officer":
            return []
        mine = self._get_scope(role)
        steps = (
            (
                self.env["followup.customer"].search(Domain.TRUE, limit=1),
                self.env._("Make your first customer file"),
                self.env._("One by one, from the address book, or from a spreadsheet."),
                "followup_crm.customer_action",
            ),
            (
                self.env["followup.tier.assignment"].search(Domain.TRUE, limit=1),
                self.env._("Have the customers classified"),
                self.env._("Every night, or at once with Compute now."),
                "followup_crm.tier_assignment_action",
            ),
            (
                self.env["followup.interaction"].search(mine, limit=1),
                self.env._("Log your first contact"),
                self.env._("Whom you spoke to, what about, and what comes next."),
                "followup_crm.interaction_log_action",
            ),
            (
                self.env["followup.order.tracking"].search(Domain.TRUE, limit=1),
                self.env._("Follow an order up"),
                self.env._("Every order that is confirmed from now on appears here."),
                "followup_crm.order_tracking_action",
            ),
        )
        found = [
            {"title": title, "text": text, "done": bool(record), "action": action}
            for record, title, text, action in steps
        ]
        return [] if all(step["done"] for step in found) else found

    # === HELPERS === #

    @api.model
    def _get_scope(self, role, owner="user_id"):
        """What is the user's own, where a user looks; managers look at all."""
        if role == "user":
            return Domain(owner, "=", self.env.uid)
        return Domain.TRUE

    @api.model
    def _here(self, model):
        """Only the current company: figures of several currencies do not add up."""
        return Domain("company_id", "=", self.env.company.id)

    @api.model
    def _list(self, title, model, domain, **more):
        """The action that opens a list: exactly the records that were counted.

        :param more: ``view`` and ``search``, external ids of the list and of the
            search view where they are not the model's first; ``mode``; ``context``
        """
        views = [
            (False, kind) for kind in more.get("mode", "list,kanban,form").split(",")
        ]
        if more.get("view"):
            views[0] = (self.env.ref(more["view"]).id, "list")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "domain": [
                tuple(part) if isinstance(part, tuple | list) else part
                for part in domain
            ],
            "views": views,
            "context": more.get("context", {}),
        }
