"""The examples of docs/en/api.md: read from the guide, run, answers compared.

A fence of language ``http`` that begins with ``POST`` is a request; the fence after it,
if it is ``json`` or begins with ``HTTP/1.1``, is its answer. ``"$name"`` stands for a
value that an earlier answer gave, or is bound by this one; ``…`` for any text.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.support.api import Answer, Client

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REQUEST = re.compile(
    r"POST /json/2/(?P<model>[\w.]+)/(?P<method>\w+)\n"
    r"Authorization: bearer \$(?P<key>[A-Z]+)\n\n(?P<body>.*)",
    re.DOTALL,
)


@dataclass
class Example:
    """One request of the guide, and what the guide shows as its answer."""

    line: int
    key: str
    model: str
    method: str
    body: dict
    status: int = 200
    answer: object = None
    has_answer: bool = False

    @property
    def name(self) -> str:
        return f"line {self.line}: {self.model}/{self.method}"


def fences(path: Path) -> list[tuple[int, str, str]]:
    """Return (line, language, text) of the fenced blocks of a page."""
    page = path.read_text()
    return [
        (page.count("\n", 0, found.start()) + 1, found[1], found[2])
        for found in FENCE.finditer(page)
    ]


def examples(path: Path) -> list[Example]:
    """Return the examples of a page in their order."""
    found: list[Example] = []
    for line, language, text in fences(path):
        if language == "http" and text.startswith("POST"):
            match = REQUEST.fullmatch(text.strip())
            assert match, f"{path.name}:{line}: not a request as the guide writes them"
            parts = match.groupdict()
            body = json.loads(parts.pop("body"))
            found.append(Example(line=line, body=body, **parts))
        elif language == "http":
            found[-1].status = int(text.split()[1])
        elif language == "json":
            found[-1].answer = json.loads(text)
            found[-1].has_answer = True
    return found


class Runner:
    """Runs examples one after the other and remembers what they bind."""

    def __init__(self, clients: dict[str, Client], known: dict[str, object]):
        self.clients = clients
        self.known = dict(known)

    def run(self, example: Example) -> Answer:
        """Call, compare status and answer, and bind the names that are new."""
        client = self.clients[example.key]
        arguments = self._fill(example.body)
        answer = client.call(example.model, example.method, **arguments)
        assert answer.status == example.status, f"{example.name}: {answer.text[:1500]}"
        if example.has_answer:
            wrong = self._compare(example.answer, answer.data, "answer")
            assert not wrong, f"{example.name}: {wrong}"
        return answer

    def _fill(self, value):
        if isinstance(value, dict):
            return {name: self._fill(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._fill(one) for one in value]
        if isinstance(value, str) and value.startswith("$"):
            return self.known[value[1:]]
        return value

    def _compare(self, shown, real, where: str) -> str:
        """Return what differs, or nothing."""
        if isinstance(shown, str) and shown.startswith("$"):
            shown = self.known.setdefault(shown[1:], real)
        if isinstance(shown, dict) and isinstance(real, dict):
            return self._compare_keys(shown, real, where)
        if isinstance(shown, list) and isinstance(real, list):
            if len(shown) != len(real):
                return f"{where}: {len(shown)} shown, {len(real)} came: {real}"
            pairs = enumerate(zip(shown, real, strict=True))
            parts = (self._compare(*pair, f"{where}[{at}]") for at, pair in pairs)
            return next(filter(None, parts), "")
        if isinstance(shown, str) and isinstance(real, str):
            same = re.fullmatch(".*".join(map(re.escape, shown.split("…"))), real, re.S)
        else:
            same = shown == "…" or (shown == real and type(shown) is type(real))
        return "" if same else f"{where}: {shown!r} shown, {real!r} came"

    def _compare_keys(self, shown: dict, real: dict, where: str) -> str:
        if set(shown) != set(real):
            return f"{where}: keys {sorted(shown)} shown, {sorted(real)} came"
        parts = (
            self._compare(shown[name], real[name], f"{where}.{name}") for name in shown
        )
        return next(filter(None, parts), "")
