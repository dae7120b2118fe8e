"""Claims from the pool at the same moment, in real transactions of real threads."""

PREPARE = """
company = env["res.company"].create({"name": "Claims"})
company.fcrm_pool_active = True
users = env["res.users"].create([
    {"name": f"claimer {n}", "login": f"claimer{n}", "company_id": company.id,
     "company_ids": [(6, 0, company.ids)],
     "group_ids": [(6, 0, [env.ref("followup_crm.group_user").id])]}
    for n in range(4)
])
files = env["followup.customer"].with_company(company).create(
    [{"name": f"Pooled {n}", "company_id": company.id} for n in range(12)]
)
files.write({"user_id": False, "owner_since": "2020-01-01"})
env.cr.commit()
"""
# Each thread is a request as Odoo's server makes it, with its retries.
PARALLEL = """
import threading
from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying

def claim(user_id, file_id, results, start):
    with env.registry.cursor() as cr:
        mine = api.Environment(cr, user_id, {"allowed_company_ids": company.ids})
        # The snapshot of both is taken before either claims.
        mine["followup.pool"].search_count([])
        start.wait()
        try:
            row = mine["followup.pool"].browse(file_id)
            retrying(row.action_claim, mine)
            results.append("claimed")
        except UserError as error:
            results.append(str(error))
        except Exception as error:
            results.append(repr(error))

def all_at_once(works):
    results, start = [], threading.Barrier(len(works))
    threads = [
        threading.Thread(target=claim, args=(*work, results, start)) for work in works
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    env.cr.rollback()
    env.invalidate_all()
    return results
"""
ONE_CUSTOMER = (
    PREPARE
    + PARALLEL
    + """
results = all_at_once([(user.id, files[0].id) for user in users])
changes = env["followup.owner.change"].search_count([("customer_id", "=", files[0].id)])
return [results, changes, files[0].user_id.id in users.ids]
"""
)
ONE_USER = """
company = env["res.company"].search([("name", "=", "Claims")])
users = env["res.users"].search([("login", "=like", "claimer%")], order="login")
files = env["followup.customer"].search(
    [("company_id", "=", company.id), ("user_id", "=", False)])
""" + (
    PARALLEL
    + """
env["followup.quota"].search([]).unlink()
env.cr.commit()
results = []
for _round in range(4):
    results += all_at_once([(users[0].id, file.id) for file in files[:9]])
return [results, files.search_count([("user_id", "=", users[0].id)])]
"""
)


def test_one_gets_it_the_others_a_clear_message(plain_database):
    """F6: four claim one customer at the same moment."""
    results, changes, owned = plain_database.shell(ONE_CUSTOMER)
    assert sorted(result == "claimed" for result in results) == [False] * 3 + [True]
    refused = [result for result in results if result != "claimed"]
    assert all("faster" in result for result in refused), refused
    assert (changes, owned) == (1, True)


def test_the_limit_holds_for_claims_at_the_same_moment(plain_database):
    """F6: one user claims nine customers at once and again: five are his."""
    results, owned = plain_database.shell(ONE_USER)
    assert owned <= 6, results
    assert results.count("claimed") == 5, results
