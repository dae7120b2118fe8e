"""Contact plans of a month: 100,000 customers, 200 users, one job."""

import os

from local import bench, scratch

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench plan
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(100_000 * SCALE)
USERS = max(2, int(200 * SCALE))

TARGET_JOB = 10
TARGET_MB = 400
TARGET_LIST_MS = 1500

MAKE_USERS = f"""
company = env["res.company"].search([], limit=1)
# What is full finds no room: all that is due shall be planned.
company.fcrm_plan_capacity = 60
users = env["res.users"].with_context(no_reset_password=True).create([
    {{
        "name": f"User {{n}}", "login": f"bench{{n}}", "tz": "Europe/Berlin",
        "group_ids": [(6, 0, [env.ref("followup_crm.group_user").id])],
        "company_id": company.id, "company_ids": [(6, 0, company.ids)],
    }}
    for n in range({USERS})
])
# Half of them have working hours of their own, and a week off.
calendar = company.resource_calendar_id
month = env["followup.interaction.plan.generate"]._get_default_month()
for user in users[::2]:
    resource = env["resource.resource"].create({{
        "name": user.name, "user_id": user.id, "company_id": company.id,
        "calendar_id": calendar.id,
    }})
    env["resource.calendar.leaves"].create({{
        "name": "Away", "calendar_id": calendar.id, "company_id": company.id,
        "resource_id": resource.id, "date_from": f"{{month}} 00:00:00",
        "date_to": f"{{month.replace(day=7)}} 23:59:59",
    }})
"""
# Three of twenty customers are in the second tier, one in the first. What was last
# said lies at most a little more than the interval back.
CUSTOMERS_BY_SQL = f"""
INSERT INTO res_partner (id, name, complete_name, active, is_company, type,
                         autopost_bills, commercial_partner_id)
SELECT base + n, 'Company ' || n, 'Company ' || n, TRUE, TRUE, 'contact', 'ask',
       base + n
  FROM generate_series(1, {CUSTOMERS}) n, (SELECT max(id) AS base FROM res_partner) b;
SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner));

INSERT INTO followup_customer (partner_id, company_id, user_id, active, code, name_key,
                               standing, create_date, tier_id, tier_sequence,
                               last_contact_date)
SELECT p.id, c.id, u.ids[1 + p.n % {USERS}], TRUE, 'EU-' || p.n, 'company' || p.n,
       'normal', now() - interval '1 year', t.id, t.sequence,
       current_date - (p.n * 7919 % (t.contact_interval_days + 4))::int
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner
         WHERE name LIKE 'Company %' ORDER BY id) p
 CROSS JOIN (SELECT min(id) AS id FROM res_company) c
 CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM res_users
              WHERE login LIKE 'bench%') u
  JOIN followup_tier_scheme s ON s.company_id = c.id AND s.code = 'amount'
  JOIN followup_tier t ON t.scheme_id = s.id
   AND t.code = CASE WHEN p.n * 31 % 100 < 5 THEN 'I'
                     WHEN p.n * 31 % 100 < 20 THEN 'II' ELSE 'III' END;

INSERT INTO followup_tier_assignment (customer_id, company_id, scheme_id, tier_id)
SELECT f.id, f.company_id, t.scheme_id, t.id
  FROM followup_customer f JOIN followup_tier t ON t.id = f.tier_id
"""
FORGET = """
env.cr.execute("TRUNCATE followup_interaction, followup_interaction_plan CASCADE")
"""
JOB = """
company = env["res.company"].search([], limit=1)
month = env["followup.interaction.plan.generate"]._get_default_month()
env["followup.interaction.plan"]._mark_for_users(company, month)
env["followup.interaction.plan"]._generate_waiting()
"""
KEEP = "CREATE TABLE bench_rows AS SELECT * FROM followup_interaction"
EMPTY = "TRUNCATE followup_interaction CASCADE"
BARE = "INSERT INTO followup_interaction SELECT * FROM bench_rows"
MEMORY = f"""
import resource
{JOB}
return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
LOOP = """
import time
rows = env["followup.interaction"].search([], limit=50)
values = [
    {"customer_id": row.customer_id.id, "user_id": row.user_id.id, "date": row.date,
     "purpose": row.purpose, "method": row.method, "kind": row.kind}
    for row in rows
]
total = env["followup.interaction"].search_count([])
started = time.perf_counter()
for one in values:
    env["followup.interaction"].create(one)
env.flush_all()
return (time.perf_counter() - started) / len(values) * total
"""
LIST = """
import time
env.invalidate_all()
started = time.perf_counter()
plans = env["followup.interaction.plan"].search([], limit=80)
plans.read(["display_name", "state", "summary", "done_rate", "tier_table"])
return 1000 * (time.perf_counter() - started)
"""
# What was planned took place yesterday; nobody has noticed yet.
HELD = """
UPDATE followup_interaction
   SET state = 'done', done_date = CURRENT_DATE - 1, content = 'Talked',
       write_date = now() AT TIME ZONE 'UTC' - interval '1 day';
UPDATE followup_customer SET last_contact_date = NULL, next_contact_date = NULL
"""
ROLL_UP = 'env["followup.customer"]._refresh_last_contact()'
UNNOTICED = 'env.cr.execute("UPDATE followup_customer SET last_contact_date = NULL")'
# A thousand contacts of the last half hour.
RECENT = """
env.cr.execute('''
    UPDATE followup_interaction
       SET done_date = CURRENT_DATE, write_date = now() AT TIME ZONE 'UTC'
     WHERE id IN (SELECT id FROM followup_interaction ORDER BY id LIMIT 1000)''')
env.cr.execute('''
    UPDATE followup_customer SET last_contact_date = CURRENT_DATE - 1
     WHERE last_contact_date = CURRENT_DATE''')
"""
ROLL_UP_RECENT = """
from odoo import fields
since = fields.Datetime.subtract(fields.Datetime.now(), minutes=30)
env["followup.customer"]._refresh_last_contact(since=since)
"""
BARE_ROLL_UP = """
SELECT customer_id, max(done_date) FROM followup_interaction GROUP BY customer_id
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure the job against a bare INSERT of the rows that it makes."""
    database = factory.copy("plan")
    report.time("filling the database", bench.seconds(lambda: fill(database)))
    first = bench.median_odoo(database, JOB, FORGET, repeats=3)
    rows, plans = database.sql(
        "SELECT count(*), count(DISTINCT plan_id) FROM followup_interaction"
    )[0]
    report.time(f"job: {rows} contacts in {plans} plans", first)
    database.sql(KEEP)
    bare = bench.median_sql(database, BARE, EMPTY)
    report.time("raw limit: bare INSERT of the same rows", bare)
    report.ratio("job", first, bare, TARGET_JOB)
    again = bench.median_odoo(database, JOB, repeats=3)
    report.ratio("job again, nothing to do", again, bare)
    database.shell(FORGET)
    memory = database.shell(MEMORY)
    report.ratio("peak memory of the worker, in MB", memory, 1, TARGET_MB)
    looped = database.shell(LOOP)
    report.ratio("the same by create() in a loop, from a sample", looped, bare)
    shown = database.shell(LIST)
    report.ratio("list of 80 plans with measures, in ms", shown, 1, TARGET_LIST_MS)
    roll_up(database, report)


def roll_up(database: scratch.Database, report: bench.Report) -> None:
    """The last and next contact of every file, from what took place (F8)."""
    database.shell(JOB)
    database.sql(HELD)
    database.sql("VACUUM ANALYZE")
    bare = bench.median_sql(database, BARE_ROLL_UP)
    report.time("raw limit: last contact of each customer, read only", bare)
    first = bench.median_odoo(database, ROLL_UP, UNNOTICED, repeats=3)
    report.ratio("roll-up of all contacts, all new", first, bare)
    again = bench.median_odoo(database, ROLL_UP, repeats=3)
    report.ratio("… nothing new", again, bare)
    recent = bench.median_odoo(database, ROLL_UP_RECENT, RECENT, repeats=3)
    report.ratio("… a thousand of the last half hour", recent, bare)


def fill(database: scratch.Database) -> None:
    database.install()
    database.shell(MAKE_USERS)
    database.sql(CUSTOMERS_BY_SQL)
    database.sql("VACUUM ANALYZE")
