import { Component, onWillStart, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * The dashboard of a role: what needs me today as tiles, how things stand as panels.
 * One call brings everything, and everything on it opens the list behind it.
 */
export class Dashboard extends Component {
    static template = "followup_crm.Dashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null, role: this.props.state?.role || false });
        onWillStart(() => this.load());
    }

    async load() {
        const role = this.state.role;
        const data = await this.orm.call("followup.dashboard", "get_dashboard", [], { role });
        this.state.data = data;
        this.state.role = data.role;
    }

    async choose(role) {
        this.state.role = role;
        await this.load();
    }

    get data() {
        return this.state.data;
    }

    open(action) {
        if (action) {
            return this.action.doAction(action, { onClose: () => this.load() });
        }
    }

    amount(value) {
        return formatCurrency(value, this.data.currency_id, { digits: [16, 0] });
    }

    /** Short enough for a tile and for the axis of a chart. */
    compact(value) {
        return formatFloat(value, { humanReadable: true, decimals: 1 });
    }

    tileValue(tile) {
        return tile.is_amount ? this.compact(tile.value) : tile.value;
    }

    tileTitle(tile) {
        return tile.is_amount ? this.amount(tile.value) : `${tile.value}`;
    }

    barValue(row) {
        if (row.unit === "amount") {
            return this.amount(row.value);
        }
        if (row.unit === "percent") {
            return `${formatFloat(row.value, { digits: [16, 0] })} %`;
        }
        return formatFloat(row.value, { digits: [16, row.unit === "points" ? 1 : 0] });
    }

    /** Shares and points are out of a hundred, others compare with the longest bar. */
    barWidth(panel, row) {
        const scaled = ["percent", "points"].includes(row.unit);
        const most = scaled ? 100 : Math.max(...panel.rows.map((each) => each.value));
        return most > 0 ? Math.max(1, (100 * row.value) / most) : 0;
    }

    barClass(row) {
        return row.tier_color === undefined
            ? `text-bg-${row.color}`
            : `o_followup_dashboard_tier_${row.tier_color}`;
    }

    columnHeight(panel, value) {
        const most = Math.max(...panel.rows.flatMap((row) => [row.value || 0, row.before]));
        return most > 0 ? Math.max(0, (100 * (value || 0)) / most) : 0;
    }

    monthTitle(panel, row) {
        const now = row.value === null ? "–" : this.amount(row.value);
        return `${row.label}: ${now} (${panel.years[1]}: ${this.amount(row.before)})`;
    }

    change(panel) {
        if (!panel.total_before) {
            return "";
        }
        const rate = (100 * (panel.total - panel.total_before)) / panel.total_before;
        const sign = rate > 0 ? "+" : "";
        return `${sign}${formatFloat(rate, { digits: [16, 1] })} %`;
    }

    /** To be done first: what is not done yet. */
    isNext(step) {
        return this.data.steps.find((each) => !each.done) === step;
    }

    get nothing() {
        return this.data.tiles.every((tile) => !tile.value);
    }

    get title() {
        return this.nothing ? _t("Nothing waits for you") : _t("What needs you today");
    }
}

registry.category("actions").add("followup_dashboard", Dashboard);
