"""Sheets about records that have a form of their own on paper and as a workbook."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from .kind import Kind
from .period import period_domain

# More than these nobody prints at a time; each model has its own limit, too.
MOST = 500


class Sheets(Kind):
    """One sheet a record: customers, orders, complaints, plans, rounds.

    :param model: whose records
    :param date: the field that the period is about; without, there is no period
    :param owner: the field of the responsible user, where it is no customer's owner
    :param method: what makes the ``tools.sheet.Report``
    :param workbook: what draws it, see ``RENDERERS`` of the reports page
    :param domain: which records of the model are printed at all
    """

    def __init__(
        self,
        model,
        date=None,
        owner=None,
        method="_get_sheet_report",
        workbook="customer_sheet",
        groups=(),
        domain=Domain.TRUE,
    ):
        self.model, self.date, self.owner = model, date, owner
        self.method, self.workbook, self.groups = method, workbook, groups
        self.domain = Domain(domain)

    @property
    def parameters(self):
        """A plan belongs to a user, a round to nobody; the rest to customers."""
        period = ("period",) if self.date else ()
        if self.owner:
            return (*period, "owner")
        if self.model == "followup.satisfaction.round":
            return period
        return (*period, "customer")

    def get_domain(self, options):
        """The records that are printed."""
        model = options.env[self.model]
        domain = Domain("company_id", "=", options.company_id.id) & self.domain
        if self.model == "followup.customer":
            domain = options._get_customer_domain()
        elif "customer" in self.parameters and options._has_filter():
            domain &= options._get_customer_domain("customer_id.")
        if self.owner and options.owner_ids:
            domain &= Domain(self.owner, "in", options.owner_ids.ids)
        if self.date:
            domain &= period_domain(model, self.date, options)
        return domain

    def is_empty(self, options):
        model = options.env[self.model]
        return not model.search_count(self.get_domain(options), limit=1)

    def get_records(self, options):
        """The records, with the rights of the user; an error tells what to do."""
        env = options.env
        found = env[self.model].search(self.get_domain(options), limit=MOST + 1)
        if not found:
            raise UserError(env._("Nothing was found for this choice."))
        if len(found) > MOST:
            raise UserError(
                env._(
                    "More than %(most)s sheets would be printed. Narrow down period or"
                    " filters, or choose the register, which has a row for each.",
                    most=MOST,
                )
            )
        return found
