from datetime import timedelta

from odoo import api, fields, models

# Customer → former owner, how it left, days since.
POOLED = {
    "portobelo": ("user_diego", "pool", 6),
    "siam_lotus": ("user_priya", "released", 3),
}
# Customer → from, to, why, days since.
HANDED_ON = {
    "svalan": ("user_lena", "user_wang", "Lena concentrates on key accounts.", 330),
    "midori": ("user_lena", "user_priya", "Priya speaks Japanese.", 210),
}
# Nobody has been in touch with them for so many days.
SILENT = {"lindqvist": 54, "dana_gulf": 56}
APPEAL = (
    "lindqvist",
    "Ms Lindqvist is on parental leave until next month and asked me to call then.",
)
CONFLICT = (
    "user_diego",
    "thornbury",
    "Thornbury Schoolwear",
    "Their buyer came to our stand at the school outfitters' fair and asked me for a"
    " quotation for sportswear.",
)


class Demo(models.AbstractModel):
    """Who owned which customer, the pool, an appeal and a conflict."""

    _inherit = "followup.demo"

    @api.model
    def _load_ownership(self, today):
        """Switch the pool on, and let the past weeks happen."""
        customers = self._get_customers()
        company = self.env.company
        company.fcrm_pool_active = True
        self.env["followup.pool.rule"]._make_for_companies(company)
        nobody = self.env["res.users"]
        for name, (former, target, reason, days) in HANDED_ON.items():
            customer = customers[name]
            customer.user_id = self._ref(former)
            self._move(customer, self._ref(target), "assigned", reason, today, days)
        for name, (former, kind, days) in POOLED.items():
            customer = customers[name]
            customer.user_id = self._ref(former)
            reason = "Idle for 60 days." if kind == "pool" else False
            self._move(customer, nobody, kind, reason, today, days)
        for name, days in SILENT.items():
            customers[name].owner_since = today - timedelta(days=days)
        silent = [customers[name].id for name in SILENT]
        self.env["followup.pool.engine"]._apply_rules(company, silent)
        self._ask_for_decisions(customers)

    @api.model
    def _move(self, customer, user, kind, reason, today, days):
        """Change an owner as if it had been so many days ago."""
        customer._change_owner(user, kind, reason)
        day = today - timedelta(days=days)
        change = customer.owner_change_ids[:1]
        change.date = fields.Datetime.to_datetime(day)
        change.held_since = day - timedelta(days=400)
        change.done_by_id = self._ref("user_grace")
        customer.owner_since = day

    @api.model
    def _ask_for_decisions(self, customers):
        """An appeal and a conflict that wait for the manager."""
        name, reason = APPEAL
        owner = customers[name].user_id
        appeals = self.env["followup.pool.appeal"].with_user(owner)
        appeals.create({"customer_id": customers[name].id, "reason": reason})
        user, name, searched, reason = CONFLICT
        conflicts = self.env["followup.conflict"].with_user(self._ref(user))
        conflicts._ask(customers[name].id, searched, reason)
