from odoo import api, models
from odoo.exceptions import AccessError


class GuardedMixin(models.AbstractModel):
    """A record some of whose fields only its own methods set: state, number, dates.

    A model that inherits it lists them in ``_server_only``; ``create`` and ``write``
    refuse them from outside (form, import, API), and defaults in the context do not
    get through. A guarded method checks the caller's rights and then elevates.
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

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        return super().write(vals)

    # === BUSINESS === #

    def _refuse_server_only(self, names):
        """Raise where somebody sets fields that have a method of their own."""
        refused = self._server_only.intersection(names)
        if refused and not self.env.su:
            labels = self.fields_get(sorted(refused), ["string"])
            raise AccessError(
                self.env._(
                    "These fields cannot be set directly: %(fields)s. Leave them out,"
                    " or use the button of the form.",
                    fields=", ".join(label["string"] for label in labels.values()),
                )
            )
