from odoo import models
from odoo.exceptions import UserError

from ..tools.sheet import Register

# More than these fit neither into a link nor on anybody's desk.
MAX_ROWS = 1000


class RegisterMixin(models.AbstractModel):
    """A list of records on paper and as a workbook, one row a record (S1).

    A model that inherits it names its columns in ``_register_fields``, and those that
    fit across a page in ``_paper_fields``.
    """

    _name = "followup.register.mixin"
    _inherit = ["followup.sheet.mixin"]
    _description = "Printed register"
    _register_fields = ()
    _paper_fields = ()

    def _get_register_title(self):
        """Name of the register, in the user's language; each model says its own."""
        raise NotImplementedError

    def _get_register(self, paper=False):
        """The records as a register.

        :param paper: only the columns that fit across a page
        :return: ``tools.sheet.Register`` in the user's language
        """
        self._check_register_access()
        names = self._paper_fields if paper else self._register_fields
        labels = self.fields_get(names, ["string"])
        return Register(
            title=self._get_register_title(),
            facts=self._get_print_facts(
                self._get_print_labels(count=self.env._("Number of rows")),
                self.company_id,
                len(self),
            ),
            headings=tuple(labels[name]["string"] for name in names),
            rows=tuple(
                tuple(self._get_sheet_cell(record, name) for name in names)
                for record in self
            ),
        )

    def _check_register_access(self):
        if len(self) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "At most %(limit)s rows can be printed at a time, and you chose"
                    " %(count)s. Choose fewer, or use Export for a plain list.",
                    limit=MAX_ROWS,
                    count=len(self),
                )
            )
        self.check_access("read")

    def _download_register(self, name):
        """Action that downloads these records as a workbook."""
        self._check_register_access()
        return self._get_workbook_action(f"register/{name}")
