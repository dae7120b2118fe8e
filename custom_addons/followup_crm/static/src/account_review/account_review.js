import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const { DateTime } = luxon;

/**
 * The review of a key account: what to do next, six figures, dealings by month and by
 * product, terms, people, what is open. The data come ready to read, and are asked for
 * when the page is opened.
 */
export class AccountReview extends Component {
    static template = "followup_crm.AccountReview";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ page: null });
        onWillStart(() => this.load(this.props.record.resId));
        let wasDirty = false;
        onWillUpdateProps((next) => {
            const isSaved = wasDirty && !next.record.dirty;
            wasDirty = next.record.dirty;
            if (isSaved || next.record.resId !== this.props.record.resId) {
                return this.load(next.record.resId);
            }
        });
    }

    async load(id) {
        const [row] = id
            ? await this.orm.read(this.props.record.resModel, [id], ["review_page"])
            : [];
        this.state.page = row?.review_page || null;
    }

    get page() {
        return this.state.page;
    }

    /** Bars of each month as parts of the highest one, with the target as a line. */
    get bars() {
        const { now, before, target, year, month } = this.page.chart;
        const highest = Math.max(...now, ...before, ...target, 0);
        const height = (value) => (highest ? Math.max(0, (100 * value) / highest) : 0);
        return now.map((value, index) => ({
            index,
            label: DateTime.local(year, index + 1, 1).toFormat("LLL"),
            now: height(value),
            before: height(before[index]),
            target: height(target[index]),
            isRunning: index + 1 === month,
            title: [value, before[index], target[index]]
                .map((amount) => formatFloat(amount, { digits: [16, 0] }))
                .join(" / "),
        }));
    }

    get hasTarget() {
        return this.page.chart.target.some((amount) => amount > 0);
    }

    get hasDealings() {
        return [...this.page.chart.now, ...this.page.chart.before].some((amount) => amount);
    }

    /** Press a button of a record as its form does. */
    press(resModel, resId, name) {
        return this.action.doActionButton({
            type: "object",
            name,
            resModel,
            resId,
            resIds: [resId],
            context: {},
            onClose: () => this.load(this.props.record.resId),
        });
    }

    openCheck() {
        return this.press("followup.account", this.props.record.resId, "action_open_check");
    }

    planVisit(row) {
        return this.press("followup.account.contact", row.id, "action_plan_visit");
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("followup_account_review", {
    component: AccountReview,
});
