from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.satisfaction import recommendation_group, weighted_index
from ..apart import work_apart
from .dimensions import GROUPS, KINDS, SOURCES

# Taken over from the invitation.
SNAPSHOT = (
    "company_id customer_id tier_id country_id user_id categ_id round_id partner_id"
    " complaint_id picking_id entered_by_id"
).split()


class SatisfactionResponse(models.Model):
    """What a customer answered, as figures from 0 to 100 (G1, G3).

    Made from a finished questionnaire, never by hand, and never changed: the answers
    themselves stay in Odoo's survey. Those of staff are told apart by their source.
    """

    _name = "followup.satisfaction.response"
    _description = "Survey answer"
    _order = "date desc, id desc"
    _check_company_auto = True

    invitation_id = fields.Many2one(
        "followup.satisfaction.invitation",
        readonly=True,
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    input_id = fields.Many2one(
        "survey.user_input", string="Answer in words", readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    round_id = fields.Many2one(
        "followup.satisfaction.round",
        string="Survey round",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    survey_id = fields.Many2one(
        "survey.survey", string="Questionnaire", ondelete="restrict", required=True
    )
    kind = fields.Selection(KINDS, string="Asked about", required=True)
    source = fields.Selection(SOURCES, string="How it was learnt", required=True)
    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", ondelete="set null", index="btree_not_null"
    )
    complaint_id = fields.Many2one(
        "followup.complaint", string="Asked after", index="btree_not_null"
    )
    picking_id = fields.Many2one("stock.picking", string="Delivery")
    date = fields.Date(string="Answered on", required=True)
    tier_id = fields.Many2one("followup.tier", string="Tier then", ondelete="restrict")
    country_id = fields.Many2one("res.country")
    user_id = fields.Many2one("res.users", string="Owner then")
    categ_id = fields.Many2one("product.category", string="Product category")
    entered_by_id = fields.Many2one("res.users", string="Entered by")
    is_scored = fields.Boolean(string="Has an index")
    index = fields.Float(
        digits=(5, 1),
        aggregator="avg",
        help="Satisfaction from 0 to 100, weighted by how important each dimension is"
        " to the customer.",
    )
    nps_group = fields.Selection(
        GROUPS,
        string="Recommends",
        help="Promoter: 9 or 10 of 10; passive: 7 or 8; detractor: 0 to 6.",
    )
    nps = fields.Integer(string="Recommendation (0–10)", aggregator="avg")
    comment = fields.Text(string="In the customer's words")
    score_ids = fields.One2many(
        "followup.satisfaction.score", "response_id", string="Dimensions"
    )
    is_low = fields.Boolean(
        string="Low", help="Below the questionnaire's limit, or a detractor."
    )

    # Query: the last answers of a customer, on its file and for its loyalty.
    _customer_order = models.Index("(customer_id, date DESC, id DESC)")
    # An invitation is answered once.
    _invitation_unique = models.UniqueIndex("(invitation_id)")

    # === COMPUTE === #

    @api.depends("customer_id", "date")
    def _compute_display_name(self):
        for response in self:
            # Elevated: whoever reads the answer reads whose it is.
            name = response.sudo().customer_id.name
            response.display_name = f"{name} {response.date}"

    # === BUSINESS === #

    @api.model
    def _collect_missing(self):
        """Count what was answered and not counted; called by the scheduled run."""
        # Elevated: answers of all companies.
        found = (
            self.env["survey.user_input"]
            .sudo()
            .search(
                Domain("state", "=", "done")
                & Domain("fcrm_invitation_id.state", "in", ("sent", "queued", "failed"))
                & Domain("test_entry", "=", False),
                limit=500,
            )
        )
        work_apart(found, self.sudo()._make_from)

    @api.model
    def _make_from(self, inputs):
        """Make responses of finished answers; each once.

        :param inputs: ``survey.user_input``, elevated
        :return: the new responses
        """
        inputs = inputs.filtered(lambda one: one.state == "done" and not one.test_entry)
        counted = self.search(
            [("invitation_id", "in", inputs.fcrm_invitation_id.ids)]
        ).invitation_id
        fresh = inputs.filtered(lambda one: one.fcrm_invitation_id not in counted)
        responses = self.create([self._prepare_vals(one) for one in fresh])
        for response in responses:
            response.invitation_id.write(
                {"state": "answered", "answered_date": response.input_id.end_datetime}
            )
        responses._follow_up()
        return responses

    @api.model
    def _prepare_vals(self, answer):
        """The response of one finished answer: its figures, and whose they are."""
        invitation, survey = answer.fcrm_invitation_id, answer.survey_id
        figures = self._prepare_figures(answer)
        is_poor = figures["is_scored"] and figures["index"] < survey.fcrm_low_index
        done = answer.end_datetime or fields.Datetime.now()
        day = fields.Datetime.context_timestamp(
            self.with_context(tz=invitation.company_id.partner_id.tz or "UTC"), done
        )
        return {
            **{name: invitation[name].id for name in SNAPSHOT},
            **figures,
            "invitation_id": invitation.id,
            "input_id": answer.id,
            "survey_id": survey.id,
            "kind": invitation.kind,
            "source": invitation.source,
            "date": invitation.said_on or day.date(),
            "is_low": is_poor or figures["nps_group"] == "detractor",
        }

    @api.model
    def _prepare_figures(self, answer):
        """Index, recommendation, words and dimensions of one answer."""
        marks, nps, words = self._read_answers(answer)
        scores = self._get_told(marks, "score")
        # The overall mark is a check of the index, not a part of it.
        parts = {name: value for name, value in scores.items() if name != "overall"}
        index = weighted_index(parts or scores, self._get_told(marks, "importance"))
        return {
            "is_scored": index is not None,
            "index": index or 0.0,
            "nps": nps or 0,
            "nps_group": recommendation_group(nps) if nps is not None else False,
            "comment": "\n".join(words) or False,
            "score_ids": [
                (0, 0, self._prepare_score_vals(name, marks[name])) for name in scores
            ],
        }

    @api.model
    def _get_told(self, marks, aspect):
        """Dimension → what was told of this aspect."""
        return {name: found[aspect] for name, found in marks.items() if aspect in found}

    @api.model
    def _read_answers(self, answer):
        """The marks by dimension and aspect, the recommendation, and the words."""
        marks, nps, words = {}, None, []
        for line in answer.user_input_line_ids.filtered(lambda one: not one.skipped):
            question = line.question_id
            aspect = question.fcrm_aspect
            if aspect == "comment":
                text = line.value_text_box or line.value_char_box
                words += [text.strip()] if text and text.strip() else []
            elif aspect == "nps":
                nps = question._fcrm_get_mark(line)
            elif aspect:
                found = marks.setdefault(question.fcrm_dimension, {})
                found.setdefault(f"{aspect}s", []).append(question._fcrm_get_mark(line))
        for found in marks.values():
            for name in ("score", "importance", "expectation"):
                values = found.get(f"{name}s")
                if values:
                    found[name] = sum(values) / len(values)
        return marks, nps, words

    @api.model
    def _prepare_score_vals(self, dimension, found):
        return {
            "dimension": dimension,
            "score": found["score"],
            "has_importance": "importance" in found,
            "importance": found.get("importance", 0.0),
            "has_expectation": "expectation" in found,
            "expectation": found.get("expectation", 0.0),
        }
