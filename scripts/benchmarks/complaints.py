"""Complaints: intake of 10,000, and the list of open ones over a large archive."""

import os

from local import bench, scratch

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench complaints
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(1_000 * SCALE) or 50
INTAKE = int(10_000 * SCALE)
ARCHIVE = int(100_000 * SCALE)
SHOWN = 80

TARGET_LIST = 1.5
TARGET_LIST_QUERIES = 1
TARGET_SINGLE_QUERIES = 1
REPEATS = 21

# What a model made by hand in Odoo, with the same plain columns, would be.
PLAIN = """
model = env["ir.model"].create({
    "name": "Plain", "model": "x_plain", "is_mail_thread": True,
    "is_mail_activity": True,
    "field_id": [(0, 0, vals) for vals in (
        {"name": "x_name", "ttype": "char", "field_description": "Name"},
        {"name": "x_subject", "ttype": "char", "field_description": "Subject"},
        {"name": "x_customer_id", "ttype": "many2one",
         "relation": "followup.customer", "field_description": "Customer"},
        {"name": "x_partner_id", "ttype": "many2one", "relation": "res.partner",
         "field_description": "Partner"},
        {"name": "x_category_id", "ttype": "many2one",
         "relation": "followup.complaint.category", "field_description": "Category"},
        {"name": "x_tier_id", "ttype": "many2one", "relation": "followup.tier",
         "field_description": "Tier"},
        {"name": "x_user_id", "ttype": "many2one", "relation": "res.users",
         "field_description": "User"},
        {"name": "x_severity", "ttype": "selection", "field_description": "Severity",
         "selection": "[('minor', 'Minor'), ('major', 'Major')]"},
        {"name": "x_state", "ttype": "selection", "field_description": "State",
         "selection": "[('received', 'Received'), ('closed', 'Closed')]"},
        {"name": "x_received", "ttype": "datetime", "field_description": "Received"},
        {"name": "x_deadline", "ttype": "datetime", "field_description": "Deadline"},
    )],
})
env["ir.model.access"].create({
    "name": "plain", "model_id": model.id, "perm_read": True, "perm_write": True,
    "perm_create": True, "perm_unlink": True,
    "group_id": env.ref("base.group_user").id,
})
files = env["followup.customer"].create(
    [{"name": f"Customer {number}"} for number in range(%d)]
)
tiers = env["followup.tier"].search([("scheme_id.is_policy", "=", True)], limit=3)
for place, customer in enumerate(files):
    customer.write({"tier_id": tiers[place %% 3].id, "tier_sequence": place %% 3})
"""
TAKE_IN = """
import time
files = env["followup.customer"].search([])
category = env.ref("followup_crm.complaint_category_colour")
env.cr.commit()
times, counts = [], []
for model, names in (
    ("followup.complaint", ("subject", "customer_id", "category_id")),
    ("x_plain", ("x_subject", "x_customer_id", "x_category_id")),
):
    for size in ({small}, {large}):
        env.invalidate_all()
        before, started = env.cr.sql_log_count, time.perf_counter()
        for start in range(0, size, 500):
            env[model].create([
                dict(zip(names, (
                    f"Complaint {{n}}", files[n % len(files)].id, category.id,
                )))
                for n in range(start, min(start + 500, size))
            ])
            env.flush_all()
        times.append(time.perf_counter() - started)
        counts.append((env.cr.sql_log_count - before) / size)
        env.cr.rollback()
return [times, counts]
"""
# One after the other, as mails come: the first ones and, later, the last ones.
ONE_BY_ONE = """
counts = []
for number in range(40):
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    env["followup.complaint"]._create_from_channel(
        "email", {"subject": f"Mail {number}"}, message_id=f"<{number}@bench>"
    )
    env.flush_all()
    counts.append(env.cr.sql_log_count - before)
env.cr.rollback()
return sorted(counts)[20]
"""
FILL = """
INSERT INTO followup_complaint (
    name, subject, company_id, state, is_open, customer_id, partner_id, category_id,
    severity, nature, channel, received_date, user_id, tier_sequence, next_clock,
    next_deadline, next_warning, acknowledge_deadline, is_judged, create_date,
    is_sender_verified)
SELECT 'B' || n, 'Complaint ' || n, f.company_id,
       CASE WHEN n % {part} = 0 THEN 'received' ELSE 'closed' END, n % {part} = 0,
       f.id, f.partner_id, (SELECT min(id) FROM followup_complaint_category),
       CASE n % 3 WHEN 0 THEN 'major' ELSE 'minor' END, 'genuine', 'email',
       now() - n * interval '10 minutes', 2, f.tier_sequence, 'acknowledge',
       now() + (n % 500 - 200) * interval '1 hour',
       now() + (n % 500 - 210) * interval '1 hour',
       now() + (n % 500 - 200) * interval '1 hour', TRUE, now(), TRUE
  FROM generate_series(1, {rows}) n
  JOIN (SELECT *, row_number() OVER (ORDER BY id) AS place FROM followup_customer) f
       ON f.place = 1 + n % (SELECT count(*) FROM followup_customer);
INSERT INTO x_plain (x_name, x_subject, x_state, x_customer_id, x_partner_id,
                     x_category_id, x_tier_id, x_user_id, x_severity, x_received,
                     x_deadline)
SELECT c.name, c.subject, CASE WHEN c.is_open THEN 'received' ELSE 'closed' END,
       c.customer_id, c.partner_id, c.category_id, f.tier_id, 2, c.severity,
       c.received_date, c.next_deadline
  FROM followup_complaint c JOIN followup_customer f ON f.id = c.customer_id;
CREATE INDEX ON x_plain (id) WHERE x_state = 'received'
"""
LISTS = """
import statistics
import time
def spec(model, names):
    found = {{}}
    for name in names:
        many = model._fields[name].type == "many2one"
        found[name] = {{"fields": {{"display_name": {{}}}}}} if many else {{}}
    return found

def timed(model, domain, names, limit):
    columns, times, counts = spec(model, names), [], []
    for _number in range({repeats}):
        env.flush_all()
        env.invalidate_all()
        before, started = env.cr.sql_log_count, time.perf_counter()
        model.web_search_read(domain, columns, limit=limit)
        times.append(time.perf_counter() - started)
        counts.append(env.cr.sql_log_count - before)
    return [statistics.median(times), counts[-1]]

complaints = env["followup.complaint"]
views = complaints.get_views([[False, "list"]])
columns = [n for n in views["models"]["followup.complaint"]["fields"]
           if n not in ("id", "activity_ids", "company_id")]
plain = ["x_name", "x_subject", "x_customer_id", "x_category_id", "x_tier_id",
         "x_user_id", "x_severity", "x_state", "x_received", "x_deadline"]
opened = [("is_open", "=", True)]
return {{
    "ours": timed(complaints, opened, columns, {shown}),
    "ours, short": timed(complaints, opened, columns, {shown} // 4),
    "plain": timed(env["x_plain"], [("x_state", "=", "received")], plain, {shown}),
}}
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure intake and list against a plain model of Odoo's."""
    database = factory.copy("complaints")
    database.install()
    database.shell(PLAIN % CUSTOMERS)
    intake(database, report)
    first = database.shell(ONE_BY_ONE)
    database.sql(FILL.format(part=50, rows=ARCHIVE))
    database.sql("VACUUM ANALYZE")
    last = database.shell(ONE_BY_ONE)
    report.ratio(
        f"queries for one mail ({last}) with {ARCHIVE} complaints there",
        last,
        first,
        TARGET_SINGLE_QUERIES,
    )
    lists(database, report)


def intake(database, report) -> None:
    code = TAKE_IN.format(small=max(INTAKE // 10, 1), large=INTAKE)
    times, counts = database.shell(code)
    report.time(f"intake of {INTAKE} complaints", times[1])
    report.ratio("… against a plain model with a log", times[1], times[3])
    report.ratio(
        f"queries for each of {INTAKE} ({counts[1]:.1f}) against a tenth of them",
        counts[1],
        counts[0],
        1.05,
    )


def lists(database, report) -> None:
    found = database.shell(LISTS.format(repeats=REPEATS, shown=SHOWN))
    ours, queries = found["ours"]
    report.ratio("list of open ones, in ms", 1000 * ours, 1)
    report.ratio("… against a plain model's", ours, found["plain"][0], TARGET_LIST)
    report.ratio(
        f"queries of {SHOWN} rows ({queries}) against a quarter of them",
        queries,
        found["ours, short"][1],
        TARGET_LIST_QUERIES,
    )
