"""What all reports have in common."""

from ....tools.document import Document


class Kind:
    """A report: what it asks for, and what it tells.

    ``parameters`` are the choices that have an effect: ``period`` or ``year``,
    ``customer`` (all filters of customers), ``owner``, ``currency``, ``top``,
    ``measure``, ``ranked``, ``compare``. The first argument of each method,
    ``options``, is a ``followup.report.print`` of the user who prints.
    """

    parameters = ("period", "customer")
    groups = ()

    def is_allowed(self, env):
        """Whether a user may read what it tells."""
        groups = self.groups or (
            "followup_crm.group_user",
            "followup_crm.group_complaint_officer",
        )
        return any(env.user.has_group(name) for name in groups)

    def is_empty(self, options):
        """Whether there is nothing to tell."""
        raise NotImplementedError


class DocumentKind(Kind):
    """A report that consists of tables, drawn alike on paper and as a workbook."""

    def make(self, options, paper=False):
        """The tables.

        :param paper: only what fits across a page
        :return: ``tools.document.Document`` in the user's language
        """
        env = options.env
        return Document(
            title=options.report_id.name,
            facts=options._get_facts(self.get_facts(options)),
            listings=tuple(self.get_listings(options, paper)),
            author=env.user.name,
            # Elevated: the name of a company is no secret to its users.
            company=options.company_id.sudo().name,
            labels={
                "total": env._("Total"),
                "note": env._("Note"),
                "chart": env._("Chart"),
                "name": env._("Name"),
                "empty": env._("Nothing was found for this choice."),
                "more": env._("There are more rows than a sheet holds."),
            },
        )

    def get_facts(self, options):
        """What else stands above the tables: (label, value)."""
        return ()

    def describe(self, options):
        """What the server's log says was taken out."""
        begin, end = options._get_dates()
        return f"company {options.company_id.id}, {begin} to {end}"

    def get_listings(self, options, paper):
        """The tables: ``tools.document.Listing``."""
        raise NotImplementedError
