"""Installing on a living database: 100,000 partners, 1,000,000 confirmed orders."""

from local import bench, databases, scratch

COMPANIES = 80_000
CONTACTS = 20_000
ORDERS = 1_000_000
TARGET_FILES = 4
TARGET_INSTALL = 1.5
REPEATS_INSTALL = 3

PARTNERS = f"""
INSERT INTO res_partner (id, name, complete_name, commercial_company_name, active,
                         is_company, type, autopost_bills, commercial_partner_id,
                         country_id, email, phone)
SELECT base + n, 'Company ' || n, 'Company ' || n, 'Company ' || n, TRUE, TRUE,
       'contact', 'ask', base + n,
       (SELECT array_agg(id ORDER BY id) FROM res_country)[1 + n % 200],
       'office' || n || '@example.com', '+49 30 ' || n
  FROM generate_series(1, {COMPANIES}) n,
       (SELECT max(id) AS base FROM res_partner) AS last;

INSERT INTO res_partner (id, name, complete_name, active, is_company, type,
                         autopost_bills, parent_id, commercial_partner_id)
SELECT base + n, 'Buyer ' || n, 'Company, Buyer ' || n, TRUE, FALSE, 'contact', 'ask',
       base - {COMPANIES} + 4 * n, base - {COMPANIES} + 4 * n
  FROM generate_series(1, {CONTACTS}) n,
       (SELECT max(id) AS base FROM res_partner) AS last;

SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner));
"""
ORDERS_OF_ALL = f"""
INSERT INTO sale_order (name, partner_id, partner_invoice_id, partner_shipping_id,
                        company_id, currency_id, user_id, state, picking_policy,
                        warehouse_id, date_order, create_date, currency_rate,
                        amount_untaxed, amount_tax, amount_total, invoice_status)
SELECT 'B' || n, partner, partner, partner, company.id, company.currency_id, 2,
       'sale', 'direct', (SELECT min(id) FROM stock_warehouse), moment, moment, 1,
       100 + n % 5000, 0, 100 + n % 5000, 'no'
  FROM (SELECT n, base - {COMPANIES + CONTACTS - 1}
               + (n::bigint * 7919 % {COMPANIES + CONTACTS})::int AS partner,
               timestamp '2026-11-01' - n * interval '90 seconds' AS moment
          FROM generate_series(1, {ORDERS}) n,
               (SELECT max(id) AS base FROM res_partner) AS last) AS orders,
       (SELECT id, currency_id FROM res_company ORDER BY id LIMIT 1) AS company;
"""
# To truncate would reach the orders, which may name a complaint.
AGAIN = """
env.cr.execute("DELETE FROM followup_customer")
"""
PLAIN = "CREATE TABLE bench_plain (LIKE followup_customer)"
INDEXED = "CREATE TABLE bench_indexed (LIKE followup_customer INCLUDING ALL)"
# The same table again with its foreign keys: what the rows cost in any case.
KEYS = """
DO $$ DECLARE k record; BEGIN
  FOR k IN SELECT conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint
            WHERE conrelid = 'followup_customer'::regclass AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE bench_same ADD CONSTRAINT %I %s',
                   'bench_' || k.conname, k.rule);
  END LOOP;
END $$
"""
SAME = "CREATE TABLE bench_same (LIKE followup_customer INCLUDING ALL)"


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure making the customer files, and the whole installation."""
    full = factory.copy("full")
    report.time("filling the database", bench.seconds(lambda: fill(full)))
    small, large = install_times(factory, full, report)
    report.ratio("installing, full against empty", large, small, TARGET_INSTALL)
    full.install()
    files_times(full, report)


def fill(database: scratch.Database) -> None:
    for statement in (PARTNERS, ORDERS_OF_ALL, "VACUUM ANALYZE"):
        database.sql(statement)


def install_times(factory, full, report) -> tuple[float, float]:
    """Return the median times of installing on the template and on the full one."""
    times = []
    for title, source in (("empty", databases.template()), ("full", full.name)):
        value = bench.median_of_made(
            lambda name=title, of=source: bench.copy(factory, of, f"on_{name}"),
            lambda database: database.install(),
            REPEATS_INSTALL,
        )
        report.time(f"installing on the {title} database", value)
        times.append(value)
    return tuple(times)


def files_times(full: scratch.Database, report: bench.Report) -> None:
    """Compare making the files with the bare insertion of the same rows."""
    made = full.sql("SELECT count(*) FROM followup_customer")[0][0]
    full.sql(PLAIN)
    full.sql(INDEXED)
    full.sql(SAME)
    full.sql(KEYS)
    limits = {}
    for table in ("bench_plain", "bench_indexed", "bench_same"):
        limits[table] = bench.median_sql(
            full,
            f"INSERT INTO {table} SELECT * FROM followup_customer",
            before=f"TRUNCATE {table}",
        )
        report.time(f"bare INSERT … SELECT into {table}", limits[table])
    code = "env['followup.customer']._create_missing_files()"
    value = bench.median_odoo(full, code, before=AGAIN)
    report.time(f"making {made} customer files", value)
    report.ratio("… against the table without indexes", value, limits["bench_plain"])
    report.ratio(
        "… against the same table with its indexes", value, limits["bench_indexed"]
    )
    report.ratio(
        "… against the same table with its foreign keys, too",
        value,
        limits["bench_same"],
        TARGET_FILES,
    )
