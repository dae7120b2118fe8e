"""What an import template is made of: its columns, each explained."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Column:
    """A column of an import template.

    ``kind`` is the type of the field (``char``, ``date``…); ``choices`` are the values
    that it takes, empty where it takes any.
    """

    heading: str
    kind: str
    is_required: bool = False
    hint: str = ""
    choices: list[str] = field(default_factory=list)
    example: str | int | float | date | None = None
