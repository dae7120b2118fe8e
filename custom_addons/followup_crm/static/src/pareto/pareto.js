import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const TOPS = [5, 10, 20, 50, 100, 200];
// Below this width of a bar its name is not readable: the bars are numbered instead.
const NAMED_BAR_WIDTH = 26;
const NO_COLOR = "#b9bec6";
const TAIL_COLOR = "#7b818a";

/**
 * Pareto chart of a scheme: the largest customers as bars, the cumulative curve, and the
 * limits of the classes as lines. One call brings everything; the customers beyond the
 * chosen number are one bar.
 */
export class Pareto extends Component {
    static template = "followup_crm.Pareto";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.canvas = useRef("canvas");
        this.tops = TOPS;
        this.display = { controlPanel: {} };
        const scheme = this.props.action.context?.fcrm_scheme_id || false;
        this.state = useState({ scheme, top: 20, data: null });
        this.chart = null;
        onWillStart(async () => {
            await Promise.all([loadBundle("web.chartjs_lib"), this.load()]);
        });
        useEffect(
            () => this.draw(),
            () => [this.state.data]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    async load() {
        const data = await this.orm.call("followup.tier.scheme", "get_pareto", [], {
            scheme_id: this.state.scheme,
            top: this.state.top,
        });
        this.state.scheme = data.scheme_id;
        this.state.data = data;
    }

    async onScheme(event) {
        this.state.scheme = Number(event.target.value);
        await this.load();
    }

    async onTop(event) {
        this.state.top = Number(event.target.value);
        await this.load();
    }

    get data() {
        return this.state.data;
    }

    measure(value) {
        return this.data.currency_id
            ? formatCurrency(value, this.data.currency_id, { digits: [16, 0] })
            : formatFloat(value, { digits: [16, 0] });
    }

    percent(value) {
        return `${formatFloat(value, { digits: [16, 1] })} %`;
    }

    /** Bars as they are drawn: the customers, and all others as the last one. */
    get bars() {
        const { bars, tail } = this.data;
        if (!tail.count) {
            return bars;
        }
        const name = _t("%s others", tail.count);
        return [...bars, { id: false, name, measure: tail.measure, cumulative: 100, color: 0 }];
    }

    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (!this.canvas.el || !this.data.bars.length) {
            return;
        }
        const bars = this.bars;
        const scheme = cookie.get("color_scheme");
        const text = getCustomColor(scheme, "#111827", "#e4e4e4");
        const width = this.canvas.el.parentElement.clientWidth / bars.length;
        this.chart = new Chart(this.canvas.el, {
            data: {
                labels: bars.map((bar, index) =>
                    width < NAMED_BAR_WIDTH && bar.id ? `${index + 1}` : this.shorten(bar.name)
                ),
                datasets: [this.curve(bars, text), ...this.limits(bars), this.columns(bars)],
            },
            options: this.options(bars, text),
        });
    }

    shorten(name) {
        return name.length > 22 ? `${name.slice(0, 21)}…` : name;
    }

    columns(bars) {
        const colors = this.tierColors(bars);
        return {
            type: "bar",
            label: this.data.measure_label,
            data: bars.map((bar) => bar.measure),
            backgroundColor: bars.map((bar) => (bar.id ? colors[bar.color] : TAIL_COLOR)),
            yAxisID: "y",
            order: 3,
        };
    }

    /** The colours of the classes, full as the style sheet has them, by number. */
    tierColors(items) {
        const palette = document.createElement("div");
        palette.className = "o_colorlist";
        this.canvas.el.parentElement.append(palette);
        const colors = {};
        for (const number of new Set(items.map((item) => item.color || 0))) {
            const sample = document.createElement("button");
            sample.className = `o_colorlist_item_color_${number}`;
            palette.append(sample);
            colors[number] = number ? getComputedStyle(sample).backgroundColor : NO_COLOR;
        }
        palette.remove();
        return colors;
    }

    curve(bars, color) {
        return {
            type: "line",
            label: _t("Cumulative share"),
            data: bars.map((bar) => bar.cumulative),
            borderColor: color,
            backgroundColor: color,
            borderWidth: 2,
            pointRadius: bars.length > 60 ? 0 : 2,
            pointStyle: "line",
            yAxisID: "share",
            order: 1,
        };
    }

    /** A line per limit, in the colour of the class that ends there. */
    limits(bars) {
        const colors = this.tierColors(this.data.limits);
        return this.data.limits.map((limit) => ({
            type: "line",
            label: _t("%(tier)s until %(limit)s is reached", {
                tier: limit.name,
                limit: `${limit.limit} %`,
            }),
            data: bars.map(() => limit.limit),
            borderColor: colors[limit.color],
            borderDash: [6, 4],
            borderWidth: 2,
            pointRadius: 0,
            pointHitRadius: 0,
            pointStyle: "line",
            yAxisID: "share",
            order: 2,
        }));
    }

    options(bars, color) {
        const hidden = { display: false };
        return {
            animation: false,
            maintainAspectRatio: false,
            interaction: { mode: "index", intersect: false },
            onClick: (_event, _elements, chart) => this.onClick(chart, _event, bars),
            onHover: (event) => {
                event.native.target.style.cursor = "pointer";
            },
            plugins: {
                legend: { labels: { color, usePointStyle: true, pointStyleWidth: 24 } },
                tooltip: {
                    callbacks: {
                        title: (items) => bars[items[0].dataIndex].name,
                        label: (item) =>
                            item.dataset.yAxisID === "y"
                                ? this.measure(item.raw)
                                : `${item.dataset.label}: ${this.percent(item.raw)}`,
                        footer: (items) => this.shareBefore(bars, items[0].dataIndex),
                    },
                    filter: (item) => item.dataset.order !== 2,
                },
            },
            scales: {
                x: { grid: hidden, ticks: { color, maxRotation: 60, autoSkip: true } },
                y: {
                    beginAtZero: true,
                    ticks: { color, maxTicksLimit: 6, callback: (value) => this.compact(value) },
                    grid: hidden,
                },
                share: {
                    position: "right",
                    min: 0,
                    max: 100,
                    ticks: { color, callback: (value) => `${value} %` },
                },
            },
        };
    }

    /** The class follows from the share of those ranked above. */
    shareBefore(bars, index) {
        const above = index ? bars[index - 1].cumulative : 0;
        return _t("Share before: %s", this.percent(above));
    }

    compact(value) {
        return formatFloat(value, { humanReadable: true, decimals: 1 });
    }

    onClick(chart, event, bars) {
        const [element] = chart.getElementsAtEventForMode(
            event,
            "index",
            { intersect: false },
            true
        );
        if (element) {
            this.open(bars[element.index]);
        }
    }

    /** A bar opens its customer; the last one opens the list of all. */
    open(bar) {
        if (bar.id) {
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "followup.customer",
                res_id: bar.id,
                views: [[false, "form"]],
            });
        } else {
            this.action.doAction("followup_crm.tier_assignment_action", {
                additionalContext: { search_default_scheme_id: this.state.scheme },
            });
        }
    }
}

registry.category("actions").add("followup_pareto", Pareto);
