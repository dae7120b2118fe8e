"""Name clash: search among 150,000 customers, all pairs, recall and precision."""

import os

from local import bench, scratch

from . import _clash_pairs as clash_pairs

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(150_000 * SCALE)
TARGET_SEARCH_MS = 20
TARGET_PAIRS = 2
TARGET_RECALL = 0.95
TARGET_PRECISION = 0.95

# Names of three words of some thousand, so that many share one or two.
FILL = """
import random
rng = random.Random(7)
parts = [a + b + c for a in ("nor", "sil", "bra", "kel", "mon", "tar", "vel", "dor")
         for b in ("di", "ga", "me", "ro", "stu", "wen", "li", "ka")
         for c in ("ck", "ven", "ros", "mar", "lis", "ton", "berg", "dal")]
trades = ["Textile", "Garments", "Mode", "Trading", "Fashion", "Knitwear", "Sports"]
forms = ["GmbH", "Ltd.", "S.A.", "Co., Ltd.", "Inc.", "B.V.", "S.r.l."]
cjk = "海风华丽东方金龙银河新锐恒达宏图锦绣天成安泰"
names = []
for number in range({customers}):
    if number % 10 == 0:
        name = "宁波" + "".join(rng.choices(cjk, k=4)) + "服饰有限公司"
    else:
        words = [rng.choice(parts).title() for _word in range(2)]
        name = " ".join([*words, rng.choice(trades), rng.choice(forms)])
    names.append(name)
env.cr.execute('''
    INSERT INTO res_partner (name, complete_name, active, is_company, type,
                             autopost_bills, email, phone, create_date, write_date)
    SELECT n.name, n.name, TRUE, TRUE, 'contact', 'ask',
           'office@shop' || n.place || '.example', '+49301' || n.place, now(), now()
      FROM unnest(%s) WITH ORDINALITY AS n (name, place)''', [names])
env.cr.execute('''UPDATE res_partner SET commercial_partner_id = id
                   WHERE commercial_partner_id IS NULL''')
company = env["res.company"].search([], limit=1).id
env.cr.execute('''
    INSERT INTO followup_customer (partner_id, company_id, user_id, active, code,
                                   standing, completeness, create_date, write_date)
    SELECT id, %s, 2, TRUE, 'B-' || id, 'normal', 0, now(), now()
      FROM res_partner WHERE name = ANY(%s)''', [company, names])
env.cr.commit()
"""
KEYS = 'env["followup.clash.key"]._cron_refresh()'
SEARCHES = """
import statistics
import time
clash = env["followup.clash"]
company = env["res.company"].search([], limit=1)
files = env["followup.customer"].search([], limit=300, order="id")
names = files.mapped("name")
times, found = [], 0
for number, name in enumerate(names):
    text = name[1:] + name[0] if number % 3 == 0 else name.lower()
    started = time.perf_counter()
    found += bool(clash._search_clashes(
        company, name=text, phone="030 1" + str(number), email="a@new.example"))
    times.append(1000 * (time.perf_counter() - started))
times.sort()
return [statistics.median(times), times[int(len(times) * 0.95)], found]
"""
PAIRS = """
env.cr.execute(SQL("SELECT count(*) FROM (%s) s",
                   env["followup.clash.pair"]._pair_select()))
"""
RAW_PAIRS = """
SELECT count(*) FROM (
    SELECT a.customer_id, b.customer_id
      FROM followup_clash_key a
      JOIN followup_clash_key b ON b.key = a.key AND b.kind = a.kind
           AND b.customer_id > a.customer_id
     WHERE a.kind IN ('name', 'words', 'vat')) s
"""
RECALL = """
company = env["res.company"].search([], limit=1)
files = env["followup.customer"].with_company(company)
clash = env["followup.clash"]

def count(pairs):
    made, hits, missed = {}, 0, []
    for first, other in pairs:
        if first not in made:
            made[first] = files.create({"name": first, "company_id": company.id}).id
    for first, other in pairs:
        found = [row[0] for row in clash._search_clashes(company, name=other)]
        if made[first] in found:
            hits += 1
        else:
            missed.append([first, other])
    return hits, missed

result = [count(same), count(others)]
env.cr.rollback()
return result
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure the search, the scan of all pairs, and how right they are."""
    database = factory.copy("clash")
    database.install()
    database.shell(FILL.format(customers=CUSTOMERS))
    keys = bench.seconds(lambda: database.shell(KEYS))
    report.time(f"keys of {CUSTOMERS} customers, first time", keys)
    database.sql("VACUUM ANALYZE")
    median, slow, found = database.shell(SEARCHES)
    report.ratio(f"one search, in ms (300, {found} found)", median, 1, TARGET_SEARCH_MS)
    report.ratio("… of 95 in 100, in ms", slow, 1)
    pairs_times(database, report)
    quality(database, report)


def pairs_times(database, report) -> None:
    """Compare the scan of all pairs with a bare self-join."""
    code = "from odoo.tools import SQL\n" + PAIRS.strip()
    ours = bench.median_odoo(database, code, repeats=3)
    report.time("all pairs by exact keys", ours)
    bare = bench.median_sql(database, RAW_PAIRS)
    report.ratio("… against a bare self-join of the keys", ours, bare, TARGET_PAIRS)


def quality(database, report) -> None:
    """Print recall and precision on the made set of name variants."""
    same = clash_pairs.pairs("same")
    others = clash_pairs.pairs("others")
    words = f"same, others = {same!r}, {others!r}\n"
    (hits, missed), (wrong, _right) = database.shell(words + RECALL)
    report.share(f"recall on {len(same)} spellings", hits / len(same), TARGET_RECALL)
    precision = hits / (hits + wrong)
    report.share(f"precision with {len(others)} others", precision, TARGET_PRECISION)
    for one, other in missed:
        report.note(f"missed: {one} | {other}")
