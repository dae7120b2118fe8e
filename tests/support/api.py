"""A client of Odoo's JSON-2 interface, as a program of a customer's would be."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass

from tests.support.database import Database, Server

MAKE_USER = """
import datetime
groups = [env.ref(name).id for name in {groups!r}]
user = env["res.users"].search([("login", "=", {login!r})]) or env["res.users"].create(
    {{"name": {login!r}, "login": {login!r}, "group_ids": [(6, 0, groups)]}}
)
keys = env(user=user.id)["res.users.apikeys"]
until = datetime.datetime.now() + datetime.timedelta(days=1)
return [user.id, keys._generate("rpc", "test", until)]
"""


@dataclass
class Answer:
    status: int
    text: str

    @property
    def data(self):
        return json.loads(self.text)


class Client:
    """Calls methods with one user's key, or with none."""

    def __init__(self, server: Server, key: str = "", user_id: int = 0):
        self.server = server
        self.key = key
        self.user_id = user_id

    def call(self, model: str, method: str, **arguments) -> Answer:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"bearer {self.key}"
        request = urllib.request.Request(
            f"{self.server.url}/json/2/{model}/{method}",
            data=json.dumps(arguments).encode(),
            headers=headers,
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode())


def client(server: Server, login: str, *groups: str) -> Client:
    """Return a client for a user with the given groups; the user is made once."""
    database: Database = server.database
    user_id, key = database.shell(MAKE_USER.format(login=login, groups=groups))
    return Client(server, key, user_id)
