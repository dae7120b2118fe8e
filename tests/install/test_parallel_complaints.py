"""The same mail, and the same form, at the same moment: one complaint (C10)."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.support import database

AT_ONCE = 4
MAIL = (
    "From: Brook Buyer <buyer@brook.example>\r\nTo: complaints@aster.example\r\n"
    "Subject: Colour is off\r\nMessage-Id: <{name}@brook.example>\r\n{more}\r\n"
    "Forty shirts differ.\r\n"
)
DELIVER = """
import threading
from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import retrying

context = {{}}
if {fetched}:
    box = env["fetchmail.server"].create({{"name": "Complaints' mailbox"}})
    context["default_fetchmail_server_id"] = box.id
    env.cr.commit()
registry = Registry(env.cr.dbname)
ready = threading.Barrier({count})
errors = []

def deliver(raw):
    try:
        with registry.cursor() as cr:
            # Each has begun, and sees nothing of what the others write.
            cr.execute("SELECT count(*) FROM followup_complaint_mail")
            here = api.Environment(cr, 1, context)["mail.thread"]
            ready.wait()
            take = lambda: here.message_process("followup.complaint", raw)
            if context:
                take()
                cr.commit()
            else:
                retrying(take, here.env)
    except Exception as error:
        errors.append(repr(error))

raws = {raws!r}
threads = [threading.Thread(target=deliver, args=(raw,)) for raw in raws]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
env.cr.rollback()
env.invalidate_all()
entries = env["followup.complaint.mail"].search([("message_id", "like", {name!r})])
complaints = entries.complaint_id
messages = complaints.message_ids.filtered(lambda one: one.message_type == "email")
bounces = env["mail.mail"].search([("email_to", "like", "brook.example"),
                                   ("subject", "like", "Re:")])
return [len(entries), len(complaints), len(messages), len(bounces), errors]
"""
OPEN_FORM = """
channel = env["followup.complaint.channel"]._of_company(env.company)
channel.write({"is_form_open": True, "form_path": "parallel", "posts_per_minute": 500})
"""
COUNT = """
return env["followup.complaint"].search_count([("subject", "like", "At once")])
"""


@pytest.mark.parametrize("way", ["interface", "mail server"])
def test_same_mail_at_once(plain_database, way):
    """C10: One mail, delivered by four at the same moment, is one complaint."""
    name = "at-once-" + way.replace(" ", "-")
    fetched = way == "mail server"
    code = DELIVER.format(
        count=AT_ONCE,
        fetched=fetched,
        raws=[MAIL.format(name=name, more="")] * AT_ONCE,
        name=name,
    )
    assert plain_database.shell(code) == [1, 1, 1, 0, []]


def test_different_mails_at_once(plain_database):
    """C10: Four mails at the same moment are four complaints with own numbers."""
    name = "several"
    code = DELIVER.format(
        count=AT_ONCE,
        fetched=False,
        raws=[MAIL.format(name=f"{name}-{n}", more="") for n in range(AT_ONCE)],
        name=name,
    )
    assert plain_database.shell(code) == [AT_ONCE, AT_ONCE, AT_ONCE, 0, []]


def test_same_reply_at_once(plain_database):
    """C10: A reply that is delivered twice at the same moment is one message."""
    first = MAIL.format(name="first", more="")
    reply = MAIL.format(name="answer", more="In-Reply-To: <first@brook.example>\r\n")
    one = DELIVER.format(count=1, fetched=False, raws=[first], name="first@")
    assert plain_database.shell(one) == [1, 1, 1, 0, []]
    code = DELIVER.format(
        count=AT_ONCE,
        fetched=False,
        raws=[reply] * AT_ONCE,
        name="answer@",
    )
    assert plain_database.shell(code) == [1, 1, 2, 0, []]


def test_same_form_at_once(plain_database):
    """C10: Who presses twice at once complains once, and learns the number."""
    plain_database.shell(OPEN_FORM)
    with database.Server(plain_database) as server:
        address = f"{server.url}/complaint/parallel"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        browser = urllib.request.build_opener(cookies)
        page = browser.open(address).read().decode()
        data = {
            name: re.search(rf'name="{name}"\s+value="([^"]+)"', page)[1]
            for name in ("csrf_token", "once")
        } | {
            "complainant_name": "Brook",
            "email_from": "press@brook.example",
            "description": "At once, twice",
        }
        answers = press_at_once(browser, address, urllib.parse.urlencode(data).encode())
    assert plain_database.shell(COUNT) == 1
    assert [status for status, _text in answers] == [200] * AT_ONCE
    assert any(re.search(r"C\d{4}-\d{5}", text) for _status, text in answers)


def press_at_once(browser, address, data):
    ready = threading.Barrier(AT_ONCE)
    answers = []

    def press():
        ready.wait()
        try:
            answer = browser.open(address, data)
            answers.append((answer.status, answer.read().decode()))
        except urllib.error.HTTPError as error:
            answers.append((error.code, error.read().decode()))

    threads = [threading.Thread(target=press) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
