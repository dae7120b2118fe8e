from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import format_date

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PER_PAGE = 20


class PortalOrders(CustomerPortal):
    """A customer's orders and how far they are, in plain words (K6)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "order_progress_count" in counters:
            values["order_progress_count"] = self._get_trackings().search_count(
                self._get_trackings_domain()
            )
        return values

    def _get_trackings(self):
        # Elevated: portal users have no right on trackings; the domain below tells
        # which are theirs, and only plain values of ``_get_progress`` are shown.
        return request.env["followup.order.tracking"].sudo()

    def _get_trackings_domain(self):
        """The orders of the user's company and of those below it."""
        partner = request.env.user.partner_id.commercial_partner_id
        return [
            ("order_id.partner_id", "child_of", partner.id),
            ("state", "in", ("open", "done")),
        ]

    @http.route(
        ["/my/order-progress", "/my/order-progress/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_order_progress(self, page=1, **_params):
        """All orders of the customer, those under way first."""
        trackings, domain = self._get_trackings(), self._get_trackings_domain()
        pages = pager(
            url="/my/order-progress",
            total=trackings.search_count(domain),
            page=page,
            step=PER_PAGE,
        )
        found = trackings.search(
            domain,
            order="state desc, order_date desc, id desc",
            limit=PER_PAGE,
            offset=pages["offset"],
        )
        return request.render(
            "followup_crm.portal_order_progress",
            {
                **self._prepare_portal_layout_values(),
                "rows": found._get_progress(),
                "pager": pages,
                "page_name": "order_progress",
                "format_date": self._format_date,
            },
        )

    @http.route(
        "/my/order-progress/<int:tracking_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_order_progress_one(self, tracking_id, **_params):
        """One order; another's has the same answer as one that does not exist."""
        found = self._get_trackings().search(
            [("id", "=", tracking_id), *self._get_trackings_domain()]
        )
        if not found:
            raise NotFound
        return request.render(
            "followup_crm.portal_order_progress_one",
            {
                **self._prepare_portal_layout_values(),
                "row": found._get_progress()[0],
                "page_name": "order_progress",
                "format_date": self._format_date,
            },
        )

    def _format_date(self, date):
        return format_date(request.env, date) if date else ""
