"""R6: The registers through Odoo's JSON-2 interface, over a real port."""

import pytest

from tests.support import api, database

USER = "followup_crm.group_user"
MANAGER = "followup_crm.group_manager"
OFFICER = "followup_crm.group_complaint_officer"
SECRET = "Collects porcelain cats"


@pytest.fixture(scope="module")
def plain_server(plain_database):
    with database.Server(plain_database) as running:
        yield running


@pytest.fixture(scope="module")
def anna(plain_server):
    return api.client(plain_server, "anna", USER)


@pytest.fixture(scope="module")
def bert(plain_server):
    return api.client(plain_server, "bert", USER)


@pytest.fixture(scope="module")
def customer(anna):
    """A customer file that Anna made by the interface."""
    values = {"name": "Harbour Lighting", "email": "buy@harbour.example.com"}
    answer = anna.call("followup.customer", "create", vals_list=[values])
    assert answer.status == 200, answer.text
    return answer.data[0]


def test_create_and_read(anna, customer):
    """P11, R6: A file made by the interface has its code and its owner."""
    answer = anna.call(
        "followup.customer",
        "search_read",
        domain=[["id", "=", customer]],
        fields=["name", "code", "user_id"],
    )
    assert answer.status == 200, answer.text
    (row,) = answer.data
    assert row["name"] == "Harbour Lighting"
    assert row["code"]
    assert row["user_id"][0] == anna.user_id


def test_no_key(plain_server, customer):
    """Without a key, and with a wrong one, nothing is answered."""
    for key in ("", "0" * 40):
        stranger = api.Client(plain_server, key)
        answer = stranger.call("followup.customer", "search_read", domain=[])
        assert answer.status in (401, 403)
        assert "Harbour" not in answer.text


def test_another_users_customer(bert, customer):
    """Safety 1: Another's customer is not found; read by id, it is refused."""
    found = bert.call("followup.customer", "search_read", domain=[], fields=["name"])
    assert found.data == []
    read = bert.call("followup.customer", "read", ids=[customer], fields=["name"])
    assert read.status in (403, 404)
    assert "Harbour" not in read.text


@pytest.mark.parametrize("name", ["user_id", "company_id", "code", "standing"])
def test_protected_fields(anna, bert, customer, name):
    """Safety 6: Owner, company and what is computed are refused from outside."""
    values = {
        "user_id": bert.user_id,
        "company_id": 1,
        "code": "X",
        "standing": "risky",
    }
    answer = anna.call(
        "followup.customer", "write", ids=[customer], vals={name: values[name]}
    )
    assert answer.status in (403, 422), answer.text


def test_private_methods(anna):
    """A method with a leading underscore cannot be called."""
    answer = anna.call("followup.customer", "_create_missing_files")
    assert answer.status in (403, 404, 422)


def test_classes(plain_server, anna, bert, customer):
    """T20, T21, R6: A manager's program computes; the owner's reads class and why."""
    refused = anna.call("followup.tier.scheme", "action_compute")
    assert refused.status == 403
    maud = api.client(plain_server, "maud", MANAGER)
    computed = maud.call("followup.tier.scheme", "action_compute")
    assert computed.status == 200, computed.text
    wanted = [["customer_id", "=", customer], ["scheme_id.code", "=", "amount"]]
    fields = ["tier_id", "rank", "explanation"]
    answer = anna.call(
        "followup.tier.assignment", "search_read", domain=wanted, fields=fields
    )
    (row,) = answer.data
    assert row["tier_id"][1] == "III"
    assert row["explanation"]
    others = bert.call("followup.tier.assignment", "search_read", domain=wanted)
    assert others.data == []
    written = maud.call(
        "followup.tier.assignment", "write", ids=[row["id"]], vals={"rank": 1}
    )
    assert written.status == 403


def test_personal_data(plain_database, plain_server, anna, customer):
    """Safety 4: A plain user's key gets no personal data, not even in an error."""
    person = plain_database.shell(
        f"""
        customer = env["followup.customer"].browse({customer})
        contact = env["res.partner"].create(
            {{"name": "Buyer", "parent_id": customer.partner_id.id}}
        )
        person = env["followup.person"].create(
            {{
                "customer_id": customer.id, "contact_id": contact.id,
                "purpose": "hospitality", "gift_taste": "{SECRET}",
            }}
        )
        return person.id
        """
    )
    officer = api.client(plain_server, "olga", USER, OFFICER)
    calls = [
        ("read", {"ids": [person], "fields": ["gift_taste"]}),
        ("search_read", {"domain": [["gift_taste", "like", "cats"]]}),
        ("search_read", {"domain": [], "order": "gift_taste"}),
        ("export_data", {"ids": [person], "fields_to_export": ["gift_taste"]}),
        ("formatted_read_group", {"domain": [], "groupby": ["gift_taste"]}),
    ]
    for client in (anna, officer):
        for method, arguments in calls:
            answer = client.call("followup.person", method, **arguments)
            assert answer.status != 200, f"{method}: {answer.text}"
            assert SECRET not in answer.text
