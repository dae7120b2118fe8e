import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const ICONS = {
    visit: "fa-car",
    phone: "fa-phone",
    fax: "fa-fax",
    letter: "fa-envelope-o",
    email: "fa-envelope",
    message: "fa-comments",
    online: "fa-video-camera",
    customer_visit: "fa-handshake-o",
};
const COLORS = {
    overdue: "danger",
    returned: "danger",
    due: "warning",
    review: "info",
    greetings: "info",
    ahead: "secondary",
    warned: "warning",
};

/**
 * The work list of the day: what is due, late, ahead, to be reviewed, and done in place.
 * One call brings everything; a section that another room adds shows like the others.
 */
export class Today extends Component {
    static template = "followup_crm.Today";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null, closed: {} });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("followup.interaction", "get_today", []);
    }

    get sections() {
        return this.state.data.sections;
    }

    icon(row) {
        return ICONS[row.method] || "fa-calendar-o";
    }

    color(section) {
        return section.color || COLORS[section.key] || "secondary";
    }

    late(row) {
        return row.late_days === 1 ? _t("1 day late") : _t("%s days late", row.late_days);
    }

    toggle(section) {
        this.state.closed[section.key] = !this.state.closed[section.key];
    }

    scrollTo(section) {
        this.state.closed[section.key] = false;
        document
            .getElementById(`o_followup_today_${section.key}`)
            ?.scrollIntoView({ behavior: "smooth", block: "start" });
    }

    /** Run an action and bring the list up to date when its dialog is closed. */
    run(action, context) {
        return this.action.doAction(action, {
            additionalContext: context,
            onClose: () => this.load(),
        });
    }

    log(row) {
        const context = row
            ? { default_customer_id: row.customer_id, default_interaction_id: row.id }
            : {};
        return this.run("followup_crm.interaction_log_action", context);
    }

    plan() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "followup.interaction",
            views: [[false, "form"]],
        });
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model || "followup.interaction",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    async tomorrow(row) {
        await this.orm.call("followup.interaction", "action_postpone", [[row.id]]);
        await this.load();
    }

    async greet(section) {
        const ids = section.rows.map((row) => row.id);
        this.run(await this.orm.call("followup.interaction", "action_greet", [ids]));
    }

    async review(row) {
        this.run(await this.orm.call("followup.interaction", "action_open_review", [row.id]));
    }

    customers() {
        return this.action.doAction("followup_crm.customer_action", {
            additionalContext: { search_default_contact_due: 1 },
        });
    }
}

registry.category("actions").add("followup_today", Today);
