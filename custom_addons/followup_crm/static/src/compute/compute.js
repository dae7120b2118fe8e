import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/core/utils/numbers";

/**
 * Computes schemes one after the other and shows how far it is. What fails is said
 * beside the scheme, and the others go on; closing stops after the one at work.
 */
export class ComputeDialog extends Component {
    static template = "followup_crm.ComputeDialog";
    static components = { Dialog };
    static props = { schemes: Array, close: Function };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.closed = false;
        this.state = useState({
            done: 0,
            lines: this.props.schemes.map((scheme) => ({ ...scheme, status: "waits" })),
        });
        onMounted(() => this.run());
        onWillUnmount(() => {
            this.closed = true;
        });
    }

    get isFinished() {
        return this.state.done === this.state.lines.length;
    }

    get percent() {
        return Math.round((100 * this.state.done) / (this.state.lines.length || 1));
    }

    get progress() {
        return _t("%(done)s of %(all)s computed", {
            done: this.state.done,
            all: this.state.lines.length,
        });
    }

    async run() {
        for (const line of this.state.lines) {
            if (this.closed) {
                return;
            }
            line.status = "works";
            try {
                line.result = await this.orm.silent.call(
                    "followup.tier.scheme",
                    "compute_step",
                    [[line.id]]
                );
                line.status = "done";
            } catch (error) {
                line.status = "failed";
                line.error = error.data?.message || error.message;
            }
            this.state.done++;
        }
        if (this.state.lines.length === 1 && this.state.lines[0].status === "done") {
            this.finishQuietly(this.state.lines[0]);
        }
    }

    /** One scheme needs no list: what it did is told in the corner. */
    finishQuietly(line) {
        if (!this.closed) {
            this.notification.add(`${line.name}: ${this.outcome(line)}`, {
                type: "success",
            });
            this.props.close();
        }
    }

    outcome(line) {
        if (line.status === "failed") {
            return line.error;
        }
        return _t("%(moved)s of %(customers)s customers changed class (%(seconds)s s)", {
            moved: line.result.moved,
            customers: line.result.customers,
            seconds: formatFloat(line.result.seconds, { digits: [16, 2] }),
        });
    }
}

registry.category("actions").add("followup_crm.compute", async (env, action) => {
    const { schemes } = action.params;
    if (!schemes.length) {
        env.services.notification.add(_t("No scheme is switched on."), { type: "info" });
        return;
    }
    await new Promise((resolve) => {
        env.services.dialog.add(ComputeDialog, { schemes }, { onClose: resolve });
    });
    return { type: "ir.actions.client", tag: "soft_reload" };
});
