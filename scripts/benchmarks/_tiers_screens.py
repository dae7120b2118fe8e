"""Customer list, groups and form on much data, with and without our columns."""

from local import bench, scratch

TARGET_SCREEN = 1.1
REPEATS = 21
# Columns that facts and classification add to the file.
OURS = (
    "tier_id tier_color tier_sequence assignment_ids tier_change_ids override_ids"
    " contact_interval_days visit_interval_days survey_interval_days policy_note"
    " average_order_amount sales_12m_amount sales_before_12m_amount order_interval_days"
    " response_type usual_method account_type"
).split()
MEASURE = """
import statistics
import time
files = env["followup.customer"]
ours = set({ours!r})

def spec(names):
    found = {{}}
    for name in names:
        kind = files._fields[name].type
        found[name] = {{}}
        if kind == "many2one":
            found[name] = {{"fields": {{"display_name": {{}}}}}}
    return found

def timed(work):
    times, counts = [], []
    for _number in range({repeats}):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
        counts.append(env.cr.sql_log_count - before)
    return [statistics.median(times), counts[-1]]

def names_of(kind):
    views = files.get_views([[False, kind]])
    return [n for n in views["models"]["followup.customer"]["fields"] if n != "id"]

lists, forms = names_of("list"), names_of("form")
one = files.search([], order="order_count desc", limit=1)
result = {{}}
for key, keep in (("with", lambda n: True), ("without", lambda n: n not in ours)):
    columns = spec(filter(keep, lists))
    fields = spec(filter(keep, forms))
    result["list " + key] = timed(
        lambda: files.web_search_read([], columns, limit=80)
    )
    result["short list " + key] = timed(
        lambda: files.web_search_read([], columns, limit=20)
    )
    result["form " + key] = timed(lambda: one.web_read(fields))
result["groups with"] = timed(
    lambda: files.web_read_group([], ["tier_id"], ["__count"])
)
result["groups without"] = timed(
    lambda: files.web_read_group([], ["user_id"], ["__count"])
)
return result
"""


def measure(database: scratch.Database, report: bench.Report) -> None:
    """Print queries and ratios of the screens."""
    found = database.shell(MEASURE.format(ours=OURS, repeats=REPEATS))
    for name, title in (
        ("list", "customer list of 80"),
        ("groups", "customer list by tier, against by owner"),
        ("form", "customer form"),
    ):
        ours, queries = found[f"{name} with"]
        plain, plain_queries = found[f"{name} without"]
        report.ratio(
            f"{title}, {queries} queries, without our columns {plain_queries}",
            ours,
            plain,
            TARGET_SCREEN,
        )
    long, short = found["list with"][1], found["short list with"][1]
    report.ratio("queries of 80 rows against 20", long, short, 1)
