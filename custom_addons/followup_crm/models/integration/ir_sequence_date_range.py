from odoo import models
from odoo.tools import SQL


class IrSequenceDateRange(models.Model):
    _inherit = "ir.sequence.date_range"

    def _draw(self, count):
        """The next ``count`` numbers as text, with one query where gaps are allowed."""
        self.ensure_one()
        sequence = self.sequence_id
        if sequence.implementation != "standard":
            return [self._next() for _number in range(count)]
        name = f"ir_sequence_{sequence.id:03d}_{self.id:03d}"
        rows = self.env.execute_query(
            SQL(
                """SELECT nextval(%s::regclass) FROM generate_series(1, %s)""",
                name,
                count,
            )
        )
        sequence = sequence.with_context(ir_sequence_date_range=self.date_from)
        return [sequence.get_next_char(number) for (number,) in rows]
