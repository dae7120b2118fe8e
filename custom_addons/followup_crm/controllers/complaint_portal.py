import uuid

from werkzeug.exceptions import NotFound
from werkzeug.urls import url_encode

from odoo import SUPERUSER_ID, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .complaint_input import Input, Refused, TooMany, files_hint

FIELDS = ("subject", "description", "wanted", "customer_reference")
PAGE = 20
ORDERS_SHOWN = 50
NUMBER = "/my/complaints/<int:complaint_id>"
# What a visitor is told on the page after sending something.
DONE = ("sent", "agreed", "declined", "rated")


class ComplaintCustomerPortal(CustomerPortal):
    """The entry on the portal's home page."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            complaints = request.env["followup.complaint"]
            # Elevated: the domain says what a customer may see.
            values["complaint_count"] = complaints.sudo().search_count(
                complaints._get_portal_domain(request.env.user)
            )
        return values


class ComplaintPortalController(http.Controller):
    """Customers follow their complaints, answer and accept; logged in or by a link."""

    # === LIST === #

    @http.route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def complaints(self, page=1, **_ignored):
        """The complaints of the customer, newest first."""
        own, domain = self._get_own(), self._get_own_domain()
        pager = portal_pager(
            url="/my/complaints",
            total=own.search_count(domain),
            page=page,
            step=PAGE,
        )
        found = own.search(
            domain,
            order="received_date desc, id desc",
            limit=PAGE,
            offset=pager["offset"],
        )
        values = {
            "complaints": found,
            "pager": pager,
            "page_name": "complaint",
            "default_url": "/my/complaints",
        }
        return request.render("followup_crm.complaint_portal_list", values)

    def _get_own(self):
        # Elevated: the domain says what a customer may see, the page shows part of it.
        return request.env["followup.complaint"].sudo()

    def _get_own_domain(self):
        return self._get_own()._get_portal_domain(request.env.user)

    # === NEW === #

    @http.route(
        "/my/complaints/new", type="http", auth="user", methods=["GET"], website=True
    )
    def new(self, **_ignored):
        """The form of somebody whom we know: three fields."""
        return self._render_new({}, uuid.uuid4().hex)

    @http.route(
        "/my/complaints/new", type="http", auth="user", methods=["POST"], website=True
    )
    def send_new(self, **_ignored):
        """Register the complaint of a portal customer."""
        form = Input((*FIELDS, "order_id"), self._get_channel(request.env.company))
        once = request.httprequest.form.get("once", "")[:100]
        try:
            form.check_pace()
            form.check(self._get_labels(), ("subject", "description"))
            form.read_files()
        except Refused as refusal:
            return self._render_new(form.values, once, refusal)
        if not form.is_first():
            return request.redirect("/my/complaints", code=303)
        complaint = self._register(form)
        return request.redirect(f"/my/complaints/{complaint.id}?done=sent", code=303)

    def _register(self, form):
        user = request.env.user
        # Elevated: customers have no right to create; the values are an allow-list.
        complaints = request.env(user=SUPERUSER_ID)["followup.complaint"].with_context(
            lang=request.env.lang
        )
        values = {name: form.get(name) for name in FIELDS if form.get(name)}
        if values.get("wanted") not in dict(complaints._fields["wanted"].selection):
            values.pop("wanted", None)
        order = self._get_orders().filtered(
            lambda one: str(one.id) == form.get("order_id")
        )
        company = order.company_id or request.env.company
        complaint = complaints._create_from_channel(
            "portal",
            values
            | {
                "company_id": company.id,
                "order_id": order.id,
                "complainant_name": user.name,
                "email_from": user.partner_id.email_normalized,
            },
            partner=user.partner_id,
        )
        complaint.customer_reference = form.get("customer_reference")
        complaint._post_from_visitor(
            form.get("description"), form.files, user.partner_id
        )
        complaint._send_receipt()
        return complaint

    def _get_orders(self):
        """The customer's own latest orders, to choose from."""
        user = request.env.user
        # Elevated: only orders of the customer itself, their numbers are shown.
        return (
            request.env["sale.order"]
            .sudo()
            .search(
                [
                    (
                        "partner_id",
                        "child_of",
                        user.partner_id.commercial_partner_id.ids,
                    ),
                    ("company_id", "in", user.company_ids.ids),
                    ("state", "=", "sale"),
                ],
                order="date_order desc, id desc",
                limit=ORDERS_SHOWN,
            )
        )

    def _render_new(self, form, once, refusal=None):
        complaints = request.env["followup.complaint"]
        wishes = complaints._fields["wanted"]._description_selection(request.env)
        response = request.render(
            "followup_crm.complaint_portal_new",
            {
                "values": form,
                "once": once or uuid.uuid4().hex,
                "orders": self._get_orders(),
                "wishes": wishes,
                "problems": str(refusal or "").splitlines(),
                "files_hint": files_hint(self._get_channel(request.env.company)),
                "page_name": "complaint",
            },
        )
        response.status_code = self._get_status(refusal)
        return response

    # === ONE === #

    @http.route(NUMBER, type="http", auth="public", methods=["GET"], website=True)
    def complaint(self, complaint_id, access_token=None, done="", **_ignored):
        """A complaint with its messages and proposals."""
        complaint = self._find(complaint_id, access_token)
        if not complaint:
            return self._refuse(access_token)
        return self._render_one(complaint, access_token, done=done)

    @http.route(
        f"{NUMBER}/message", type="http", auth="public", methods=["POST"], website=True
    )
    def send_message(self, complaint_id, access_token=None, **_ignored):
        """A message of the customer, with files."""
        complaint = self._find(complaint_id, access_token)
        if not complaint:
            return self._refuse(access_token)
        form = Input(("message",), self._get_channel(complaint.company_id))
        try:
            form.check_pace()
            form.check(self._get_labels())
            files = form.read_files()
            if not form.get("message") and not files:
                raise Refused(request.env._("Please write a message or add a file."))
        except Refused as refusal:
            return self._render_one(complaint, access_token, form.values, refusal)
        if form.is_first():
            complaint._post_from_visitor(form.get("message"), files, self._get_author())
            self._as_gateway(complaint)._customer_wrote()
        return self._back(complaint, access_token, "sent")

    @http.route(
        f"{NUMBER}/proposal/<int:proposal_id>/<string:answer>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def answer(self, complaint_id, proposal_id, answer, access_token=None, **_ignored):
        """Accept or decline a proposal; declining may say why."""
        complaint = self._find(complaint_id, access_token)
        if not complaint or answer not in ("accept", "decline"):
            return self._refuse(access_token)
        if proposal_id not in complaint._get_portal_proposals().ids:
            return self._refuse(access_token)
        form = Input(("comment",), self._get_channel(complaint.company_id))
        try:
            form.check_pace()
            form.check(self._get_labels())
            complaint._answer_from_visitor(
                proposal_id, answer == "accept", self._get_name(complaint)
            )
        except (Refused, UserError) as refusal:
            return self._render_one(complaint, access_token, refusal=refusal)
        if form.get("comment"):
            author = self._get_author()
            complaint._post_from_visitor(form.get("comment"), [], author)
        done = "agreed" if answer == "accept" else "declined"
        return self._back(complaint, access_token, done)

    @http.route(
        f"{NUMBER}/rate", type="http", auth="public", methods=["POST"], website=True
    )
    def rate(self, complaint_id, access_token=None, **_ignored):
        """The customer says how content it is with the handling."""
        complaint = self._find(complaint_id, access_token)
        if not complaint:
            return self._refuse(access_token)
        form = Input(("rating", "comment"), self._get_channel(complaint.company_id))
        try:
            form.check_pace()
            form.check(self._get_labels())
            complaint._rate_from_visitor(form.get("rating"), form.get("comment"))
        except (Refused, UserError) as refusal:
            return self._render_one(complaint, access_token, refusal=refusal)
        return self._back(complaint, access_token, "rated")

    @http.route(
        f"{NUMBER}/attachment/<int:attachment_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def attachment(self, complaint_id, attachment_id, access_token=None, **_ignored):
        """A file of one of the messages that the customer sees, to download."""
        complaint = self._find(complaint_id, access_token)
        file = complaint and complaint._get_portal_attachments().filtered(
            lambda one: one.id == attachment_id
        )
        if not file:
            raise NotFound
        shown = file.mimetype.startswith("image/") and "svg" not in file.mimetype
        headers = [
            ("Content-Type", file.mimetype if shown else "application/octet-stream"),
            ("Content-Disposition", content_disposition(file.name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; sandbox"),
            ("Cache-Control", "private, no-store"),
        ]
        return request.make_response(file.raw or b"", headers)

    # === TOOLS === #

    def _find(self, complaint_id, access_token):
        return request.env["followup.complaint"]._find_for_visitor(
            complaint_id, request.env.user, access_token
        )

    def _refuse(self, access_token):
        """The same answer for a foreign number and for one that does not exist."""
        if request.env.user._is_public() and not access_token:
            if request.httprequest.method == "GET":
                target = url_encode({"redirect": request.httprequest.path})
                return request.redirect(f"/web/login?{target}")
        raise NotFound

    def _as_gateway(self, complaint):
        return complaint.with_user(SUPERUSER_ID)

    def _get_author(self):
        user = request.env.user
        return None if user._is_public() else user.partner_id

    def _get_name(self, complaint):
        author = self._get_author()
        if author:
            return author.name
        return complaint.complainant_name or complaint._get_visitor_name()

    def _get_channel(self, company):
        return request.env["followup.complaint.channel"]._of_company(company)

    def _get_labels(self):
        env = request.env
        return {
            "subject": env._("Subject"),
            "description": env._("What happened?"),
            "customer_reference": env._("Order or product"),
            "message": env._("Message"),
            "comment": env._("Comment"),
        }

    def _get_status(self, refusal):
        if isinstance(refusal, TooMany):
            return 429
        return 422 if refusal else 200

    def _back(self, complaint, access_token, done):
        """The page again, by a GET: reloading it sends nothing twice."""
        query = {"done": done}
        if access_token:
            query["access_token"] = access_token
        return request.redirect(
            f"/my/complaints/{complaint.id}?{url_encode(query)}", code=303
        )

    def _render_one(self, complaint, access_token, form=None, refusal=None, done=""):
        values = {
            "complaint": complaint,
            "token": access_token,
            "values": form or {},
            "once": uuid.uuid4().hex,
            "problems": str(refusal or "").splitlines(),
            "done": done if done in DONE else "",
            "files_hint": files_hint(self._get_channel(complaint.company_id)),
            "page_name": "complaint",
            "no_breadcrumbs": request.env.user._is_public(),
        }
        response = request.render("followup_crm.complaint_portal_page", values)
        response.status_code = self._get_status(refusal)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
