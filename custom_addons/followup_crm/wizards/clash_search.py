from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MATCHES = [
    ("vat", "Same tax number"),
    ("registry", "Same registration number"),
    ("name", "Same name"),
    ("phone", "Same phone"),
    ("domain", "Same e-mail domain"),
    ("alike", "Similar name"),
]
STATES = [
    ("mine", "Yours"),
    ("owned", "Owned"),
    ("pool", "In the pool"),
    ("archived", "Archived"),
]
SEARCHED = ("name", "phone", "email", "vat")


class ClashSearch(models.TransientModel):
    """Search before creating (撞单查询, F9): does anybody have this customer already?

    Tells who owns it, or that it is in the pool or archived, and nothing else. Each
    search is logged and counts towards the day's limit.
    """

    _name = "followup.clash.search"
    _description = "Search for a clash"
    _rec_name = "name"

    name = fields.Char(string="Company name")
    phone = fields.Char()
    email = fields.Char(string="E-mail or website")
    vat = fields.Char(string="Tax number")
    searched = fields.Boolean(readonly=True)
    line_ids = fields.One2many(
        "followup.clash.search.line", "search_id", string="Found", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        """What was found is nobody's to say but the search's."""
        if not self.env.su:
            allowed = set(SEARCHED)
            vals_list = [
                {key: vals[key] for key in allowed & set(vals)} for vals in vals_list
            ]
            vals_list = [
                {"searched": False, "line_ids": False, **vals} for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            vals = {key: vals[key] for key in set(SEARCHED) & set(vals)}
        return super().write(vals)

    def action_search(self):
        """Search, log and show the result in the same dialog."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("followup_crm.group_user"):
            raise AccessError(self.env._("The search is for users of Follow-up CRM."))
        words = [(self[name] or "").strip() for name in SEARCHED]
        if not any(len(word) > 1 for word in words):
            raise UserError(self.env._("Enter a name, phone, e-mail or tax number."))
        company = self.env.company
        self.env["followup.quota"]._take(
            "search", company.fcrm_clash_searches_per_day, company
        )
        found = self.env["followup.clash"]._search_clashes(
            company, **dict(zip(SEARCHED, words, strict=True))
        )
        # Elevated: the log and the lines are nobody's to write.
        self.env["followup.clash.log"].sudo().create(
            {
                "user_id": self.env.uid,
                "company_id": company.id,
                "searched": ", ".join(filter(None, words)),
                "hit_count": len(found),
            }
        )
        search = self.sudo()
        search.line_ids.unlink()
        search.line_ids.create(search._prepare_lines(found))
        search.searched = True
        return self._get_dialog()

    def _prepare_lines(self, found):
        """Values of the lines: who owns it, and how much alike, no more."""
        files = self.env["followup.customer"].browse(row[0] for row in found)
        lines = []
        for customer, (_id, kind, degree) in zip(files, found, strict=True):
            owner = customer.user_id if customer.active else self.env["res.users"]
            state = "owned" if owner else "pool"
            if not customer.active:
                state = "archived"
            elif owner == self.env.user:
                state = "mine"
            lines.append(
                {
                    "search_id": self.id,
                    "file_number": customer.id,
                    "match": kind,
                    "degree": round(100 * degree),
                    "state": state,
                    "owner_id": owner.id,
                }
            )
        return lines

    def _get_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Search before creating"),
            "res_model": self._name,
            "view_mode": "form",
            "res_id": self.id,
            "target": "new",
        }

    def action_create(self):
        """Make the customer with what was searched for; nothing is saved yet."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "followup_crm.customer_action"
        )
        entered = {name: self[name] for name in SEARCHED if self[name]}
        if "@" not in entered.get("email", "@"):
            entered["website"] = entered.pop("email")
        return action | {
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in entered.items()},
        }


class ClashSearchLine(models.TransientModel):
    """One customer that may be the one that was searched for; made by the search."""

    _name = "followup.clash.search.line"
    _description = "Result of a search for a clash"
    _rec_name = "match"
    _order = "degree desc, id"

    search_id = fields.Many2one(
        "followup.clash.search", required=True, readonly=True, ondelete="cascade"
    )
    # A number, not a link: a link would tell the customer's name.
    file_number = fields.Integer(readonly=True, string="File")
    match = fields.Selection(MATCHES, string="Why", readonly=True)
    degree = fields.Integer(string="Alike (%)", readonly=True, aggregator=None)
    state = fields.Selection(STATES, string="Status", readonly=True)
    owner_id = fields.Many2one("res.users", string="Account owner", readonly=True)
    reason = fields.Text(string="Why it should be yours")

    def action_claim(self):
        """Claim what is in the pool, by the rules of the pool."""
        self.ensure_one()
        self.check_access("read")
        return self.env["followup.pool"].browse(self.file_number).action_claim()

    def action_ask(self):
        """Open the dialog that asks a manager to decide."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Account conflict"),
            "res_model": self._name,
            "view_mode": "form",
            "res_id": self.id,
            "target": "new",
        }

    def action_send(self):
        """Ask a manager to decide about this customer."""
        self.ensure_one()
        self.check_access("write")
        searched = self.search_id
        words = filter(None, (searched[name] for name in SEARCHED))
        conflict = self.env["followup.conflict"]._ask(
            self.file_number, ", ".join(words), self.reason
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Account conflict"),
            "res_model": conflict._name,
            "view_mode": "form",
            "res_id": conflict.id,
        }

    def write(self, vals):
        if not self.env.su and set(vals) - {"reason"}:
            raise AccessError(self.env._("Only the reason can be written."))
        return super().write(vals)
