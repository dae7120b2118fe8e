from odoo import api, fields, models
from odoo.fields import Command, Domain


class Mover:
    """One kind of work that moves when a customer or a user's whole work moves.

    A room registers its own by extending ``followup.handover._get_movers``.

    :param model: technical name of the model
    :param field: the field that holds the responsible user
    :param may_wait: whether a record can be nobody's for a while
    """

    def __init__(self, env, label, model, field="user_id", may_wait=True):
        # Elevated: what a former owner leaves behind moves whoever may see it.
        self.records = env[model].sudo()
        self.label, self.model, self.field = label, model, field
        self.may_wait = may_wait
        self.key = f"{model}.{field}"

    def open_domain(self):
        """Domain of what is still open; what is done stays who did it."""
        return Domain.TRUE

    def customers_domain(self, customers):
        """Domain of the records that belong to these customer files."""
        return Domain("customer_id", "in", customers.ids)

    def find(self, users, customers=None):
        """What is open of these users, with these customers (default: with all)."""
        domain = self.open_domain() & Domain(self.field, "in", users.ids)
        if customers is not None:
            domain &= self.customers_domain(customers)
        return self.records.search(domain)

    def still_with(self, ids, user):
        """Those of some records that are (still) with a user, or with nobody."""
        records = self.records.browse(ids).exists()
        return records.filtered(lambda record: record[self.field] == user)

    def move(self, records, former, user):
        """Give records of ``former`` to ``user`` (empty: they wait for somebody)."""
        # One message says it all, not one for each document.
        quiet = records.with_context(mail_auto_subscribe_no_notify=True)
        quiet.write({self.field: user.id})


class ActivityMover(Mover):
    """Activities, of whatever document; nobody gets a mail about each of them."""

    def customers_domain(self, customers):
        return Domain("res_model", "=", "followup.customer") & Domain(
            "res_id", "in", customers.ids
        )

    def move(self, records, former, user):
        quiet = records.with_context(mail_activity_quick_update=True)
        quiet.write({"user_id": user.id})


class PartnerMover(Mover):
    """Documents that name a partner, by the partner's commercial entity."""

    def customers_domain(self, customers):
        partners = customers.partner_id
        return Domain("partner_id.commercial_partner_id", "in", partners.ids)


class OpportunityMover(PartnerMover):
    """Leads and opportunities that are neither won nor lost."""

    def open_domain(self):
        return Domain("won_status", "=", "pending")


class QuotationMover(PartnerMover):
    """Quotations; a confirmed order stays with who sold it."""

    def open_domain(self):
        return Domain("state", "in", ("draft", "sent"))


class MeetingMover(Mover):
    """Meetings that are still to come: organizer and attendee."""

    def open_domain(self):
        return Domain("stop", ">=", fields.Datetime.now())

    def customers_domain(self, customers):
        partners = customers.partner_id
        return Domain("partner_ids.commercial_partner_id", "in", partners.ids)

    def move(self, records, former, user):
        commands = [Command.unlink(p.id) for p in former.partner_id]
        commands += [Command.link(p.id) for p in user.partner_id]
        quiet = records.with_context(dont_notify=True, no_mail_to_attendees=True)
        quiet.write({"user_id": user.id, "partner_ids": commands})


class InteractionMover(Mover):
    """Planned contacts, where the room of contacts is there."""

    def open_domain(self):
        return Domain("state", "in", ("planned", "confirmed"))


class RoleMover(Mover):
    """A role on customer files besides owning them: deputy."""

    def find(self, users, customers=None):
        files = self.records.with_context(active_test=False)
        domain = Domain(self.field, "in", users.ids)
        return files.search(domain) if customers is None else files.browse()


class TeamMover(RoleMover):
    """Membership in account teams."""

    def still_with(self, ids, user):
        return self.records.browse(ids).exists()

    def move(self, records, former, user):
        commands = [Command.unlink(one.id) for one in former]
        commands += [Command.link(one.id) for one in user]
        records.write({self.field: commands})


class Handover(models.Model):
    """What moves with a customer or when a user leaves; rooms add theirs."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        """Every kind of work that moves: list of ``Mover``, customers apart."""
        env = self.env
        movers = [
            QuotationMover(env, self.env._("Quotations"), "sale.order"),
            OpportunityMover(env, self.env._("Opportunities and leads"), "crm.lead"),
            MeetingMover(env, self.env._("Meetings"), "calendar.event"),
            RoleMover(
                env, self.env._("Deputy of"), "followup.customer", "deputy_user_id"
            ),
            TeamMover(
                env, self.env._("Account teams"), "followup.customer", "team_user_ids"
            ),
            InteractionMover(
                env,
                self.env._("Planned contacts"),
                "followup.interaction",
                may_wait=False,
            ),
        ]
        # Last: what moved before may have brought its activities along.
        return [*movers, ActivityMover(env, self.env._("Activities"), "mail.activity")]

    @api.model
    def _move_of_customers(self, customers, former, user, keeper=None):
        """What is open of a former owner with these files goes to the new owner.

        Where there was no owner, what waited on the file for somebody goes along.

        :param keeper: who takes what cannot wait, where there is no new owner
        """
        for mover in self._get_movers():
            records = mover.find(former, customers) if former else mover.records
            if not former and mover.may_wait and not isinstance(mover, RoleMover):
                records = mover.records.search(
                    mover.open_domain()
                    & Domain(mover.field, "=", False)
                    & mover.customers_domain(customers)
                )
            if records:
                taker = user
                if not user and not mover.may_wait:
                    taker = keeper or self.env.user
                mover.move(records, former, taker)
