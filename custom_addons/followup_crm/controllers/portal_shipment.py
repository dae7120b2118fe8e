from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

# Shown by the browser itself without harm; all else is handed out as plain bytes.
HARMLESS = {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"}


class PortalShipment(CustomerPortal):
    """Shipments on the portal (K6): only GET, nothing is changed.

    Portal users have no right to read shipments. What they may see is decided by
    ``_find_for_portal``, what is shown by ``_get_portal_values``; whatever is not
    theirs is answered as if it did not exist.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "shipment_count" in counters:
            values["shipment_count"] = len(self._find_shipments())
        return values

    @http.route(
        ["/my/shipments", "/my/shipments/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_my_shipments(self, page=1, **_kwargs):
        """The shipments of the user's company, what comes next on top."""
        shipments = self._find_shipments()
        pages = pager(
            url="/my/shipments",
            total=len(shipments),
            page=page,
            step=self._items_per_page,
        )
        shown = shipments[pages["offset"] : pages["offset"] + self._items_per_page]
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "shipments": [shipment._get_portal_values() for shipment in shown],
                "page_name": "shipment",
                "pager": pages,
                "default_url": "/my/shipments",
            }
        )
        return request.render("followup_crm.portal_my_shipments", values)

    @http.route(
        "/my/shipments/<int:shipment_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_my_shipment(self, shipment_id, **_kwargs):
        """One shipment: where it is, what comes next, its documents."""
        shipment = self._get_shipment(shipment_id)
        values = self._prepare_portal_layout_values()
        values.update(
            {"shipment": shipment._get_portal_values(), "page_name": "shipment"}
        )
        return request.render("followup_crm.portal_my_shipment", values)

    @http.route(
        "/my/shipments/<int:shipment_id>/document/<int:document_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def portal_my_shipment_document(self, shipment_id, document_id, **_kwargs):
        """A document that was released for the customer."""
        released = self._get_shipment(shipment_id)._get_released_documents()
        document = released.filtered(lambda d: d.id == document_id)
        if not document:
            raise NotFound
        # Elevated: the document was found among the user's own released ones.
        stream = (
            request.env["ir.binary"]
            .sudo()
            ._get_stream_from(
                document.sudo(),
                "file",
                filename=document.file_name or document.type_id.name,
            )
        )
        if stream.mimetype not in HARMLESS:
            stream.mimetype = "application/octet-stream"
        response = stream.get_response(as_attachment=True)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _find_shipments(self):
        return request.env["followup.shipment"]._find_for_portal(request.env.user)

    def _get_shipment(self, shipment_id):
        """The user's own shipment with this id, or 404."""
        shipment = request.env["followup.shipment"]._find_for_portal(
            request.env.user, shipment_id
        )
        if not shipment:
            raise NotFound
        return shipment
