from odoo import api, models
from odoo.exceptions import AccessError


class GuardedMixin(models.AbstractModel):
    """A record some of whose fields only its own methods set: state, number, dates.

    A model that inherits it lists them in ``_server_only``. Defaults in the context do
    not get through to them (x2many commands and forms included); ``create`` and
    ``write`` of the model call ``_refuse_server_only`` first, before they add values of
    their own. A guarded method checks the caller's rights and then elevates.
    """

    _name = "followup.guarded.mixin"
    _description = "Fields that only methods set"
    _server_only = frozenset()

    # === CRUD === #

    @api.model
    def default_get(self, fields):
        """Protected fields take no default from the context."""
        if not self.env.su:
            protected = {f"default_{name}" for name in self._server_only}
            context = {
                key: value
                for key, value in self.env.context.items()
                if key not in protected
            }
            self = self.with_env(self.env(context=context))
        return super().default_get(fields)

    # === BUSINESS === #

    def _refuse_server_only(self, names, fixed=frozenset()):
        """Raise where somebody sets fields that have a method of their own.

        :param names: names of fields that are to be written
        :param fixed: names that cannot be changed any more, besides
        """
        if self.env.su:
            return
        refused = (self._server_only | fixed).intersection(names)
        if refused:
            labels = self.fields_get(sorted(refused), ["string"])
            raise AccessError(
                self.env._(
                    "These fields cannot be set directly: %(fields)s. Leave them out,"
                    " or use the buttons of the form.",
                    fields=", ".join(label["string"] for label in labels.values()),
                )
            )
