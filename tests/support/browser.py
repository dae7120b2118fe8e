"""People who try the module in a browser, each with rights and a language."""

from dataclasses import dataclass

from local import paths

SHOTS = paths.LOCAL / "screenshots"
PASSWORD = "a-long-enough-passphrase"
MAKE_USER = """
user = env["res.users"].search([("login", "=", {login!r})]) or env["res.users"].create(
    {{
        "name": {name!r},
        "login": {login!r},
        "password": {password!r},
        "lang": {lang!r},
        "odoobot_state": "disabled",
        "group_ids": [(6, 0, [env.ref(name).id for name in {groups!r}])],
    }}
)
here = env(context={{"lang": user.lang}})
return {{name: here.ref(name).display_name for name in {wanted!r}}}
"""


@dataclass
class User:
    """Someone who may log in; the names of what can be chosen in his or her words."""

    login: str
    lang: str
    labels: dict[str, str]


def make_user(database, name: str, lang: str, groups: list[str], wanted: list[str]):
    """Return a user with exactly these groups, and the names of the wanted records."""
    login = f"{name}_{lang}".lower()
    code = MAKE_USER.format(
        name=name.title(),
        login=login,
        password=PASSWORD,
        lang=lang,
        groups=groups,
        wanted=wanted,
    )
    return User(login, lang, database.shell(code))
