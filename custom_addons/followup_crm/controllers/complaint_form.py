import uuid

from werkzeug.exceptions import NotFound

from odoo import SUPERUSER_ID, http
from odoo.http import request
from odoo.tools import email_normalize

from .complaint_input import TRAP, Input, Refused, TooMany, files_hint

# The public form says this about a complaint, and nothing else is taken from it.
FIELDS = (
    "complainant_name",
    "complainant_company",
    "email_from",
    "phone",
    "customer_reference",
    "subject",
    "description",
    "wanted",
)
REQUIRED = ("complainant_name", "email_from", "description")
# Of one browser; enough for the thanks page of each form that is open in it.
REMEMBERED = 10


class ComplaintFormController(http.Controller):
    """The public form: anybody may complain, and nobody learns who is a customer."""

    @http.route(
        ["/complaint", "/complaint/<string:path>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def show(self, path=None):
        """The empty form of a company."""
        channel = self._get_channel(path)
        return self._render_form(channel, {}, uuid.uuid4().hex)

    @http.route(
        ["/complaint", "/complaint/<string:path>"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def send(self, path=None, **_ignored):
        """Register what was sent, or show the form again with what is wrong."""
        channel = self._get_channel(path)
        form = Input(FIELDS, channel)
        once = request.httprequest.form.get("once", "")[:100] or uuid.uuid4().hex
        try:
            form.check_pace()
            form.check(self._get_labels(), REQUIRED)
            self._check_address(form)
            form.read_files()
        except Refused as refusal:
            status = 429 if isinstance(refusal, TooMany) else 422
            return self._render_form(channel, form.values, once, str(refusal), status)
        if form.is_first():
            complaint = self._register(channel, form)
            self._remember(once, complaint, form.was_cleaned)
        return request.redirect(
            f"/complaint/{channel.form_path}/thanks?form={once}", code=303
        )

    @http.route(
        "/complaint/<string:path>/thanks",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def thank(self, path, form="", **_ignored):
        """The number, for the browser that sent the form; and how to follow it."""
        channel = self._get_channel(path)
        number, cleaned = request.session.get("fcrm_forms", {}).get(form, ("", False))
        return request.render(
            "followup_crm.complaint_thanks",
            {
                "channel": channel,
                "company": channel.company_id,
                "number": number,
                "cleaned": cleaned,
                "page_name": "complaint_form",
            },
        )

    def _get_channel(self, path):
        channels = request.env["followup.complaint.channel"]
        if path:
            channel = channels._of_form(path)
        else:
            channel = channels._of_company(request.env.company)
        if not channel.is_form_open:
            raise NotFound
        return channel

    def _get_labels(self):
        # Elevated: visitors have no rights on complaints; labels are no secret.
        described = (
            request.env["followup.complaint"].sudo().fields_get(FIELDS, ["string"])
        )
        labels = {name: one["string"] for name, one in described.items()}
        return labels | {
            "complainant_name": request.env._("Your name"),
            "email_from": request.env._("Your e-mail address"),
            "description": request.env._("What happened?"),
        }

    def _check_address(self, form):
        address = email_normalize(form.get("email_from"))
        if not address:
            raise Refused(
                request.env._("Please check your e-mail address, so that we can reply.")
            )
        form.values["email_from"] = address

    def _register(self, channel, form):
        """Make the complaint; the customer is matched, and nobody is told so."""
        # Elevated: visitors have no rights; the values are an allow-list.
        complaints = request.env(user=SUPERUSER_ID)["followup.complaint"].with_context(
            lang=request.env.lang
        )
        values = {name: value for name, value in form.values.items() if value}
        if values.get("wanted") not in dict(complaints._fields["wanted"].selection):
            values.pop("wanted", None)
        values["company_id"] = channel.company_id.id
        values.setdefault("subject", complaints._one_line(form.get("description"))[:80])
        complaint = complaints._create_from_channel(
            "form",
            values,
            partner=complaints._match_sender(
                form.get("email_from"), channel.company_id
            ),
            verified=False,
        )
        complaint.customer_reference = form.get("customer_reference")
        complaint._post_from_visitor(form.get("description"), form.files)
        complaint._send_receipt()
        return complaint

    def _remember(self, once, complaint, cleaned):
        """The number belongs to the browser that sent the form, and to no other."""
        forms = dict(request.session.get("fcrm_forms", {}))
        forms[once] = (complaint.name, cleaned)
        newest = list(forms.items())[-REMEMBERED:]
        request.session["fcrm_forms"] = dict(newest)

    def _render_form(self, channel, values, once, problem="", status=200):
        complaints = request.env["followup.complaint"]
        selection = complaints._fields["wanted"]._description_selection(request.env)
        response = request.render(
            "followup_crm.complaint_form",
            {
                "channel": channel,
                "company": channel.company_id,
                "values": values,
                "once": once,
                "problems": problem.splitlines(),
                "wishes": selection,
                "trap": TRAP,
                "files_hint": files_hint(channel),
                "page_name": "complaint_form",
            },
        )
        response.status_code = status
        return response
