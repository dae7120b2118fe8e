"""The movement matrix (等级迁移矩阵): who was in which class, and who is in which."""

NONE = 0


def matrix(tiers, cells, none_name, ordered=True):
    """Arrange moves as rows of former and columns of new classes.

    :param tiers: dicts ``id``, ``name``, ``color``, best class first; those with
        ``archived`` are shown only where somebody is or was in them
    :param cells: tuples former id or None, new id or None, customers, measure
    :param none_name: what "no class" is called
    :param ordered: whether an earlier class is a better one
    :return: dict for the ``followup_movement`` widget: ``columns`` and ``rows``; each
        cell has ``customers``, ``measure`` and ``direction`` (up, down, same or other)
    """
    found = {}
    for former, new, customers, measure in cells:
        key = (former or NONE, new or NONE)
        count, total = found.get(key, (0, 0.0))
        found[key] = (count + customers, total + (measure or 0.0))
    nobody = {"id": NONE, "name": none_name, "color": 0}
    places = {tier["id"]: place for place, tier in enumerate(tiers)} if ordered else {}
    rows = _used([*tiers, nobody], {key[0] for key in found})
    columns = _used([*tiers, nobody], {key[1] for key in found})
    return {
        "columns": [
            {**tier, **_total(found, lambda key, t=tier: key[1] == t["id"])}
            for tier in columns
        ],
        "rows": [
            {
                **row,
                **_total(found, lambda key, r=row: key[0] == r["id"]),
                "cells": [_cell(found, places, row, column) for column in columns],
            }
            for row in rows
        ],
        **_total(found, lambda key: True),
        "moved": sum(
            count for key, (count, _total) in found.items() if key[0] != key[1]
        ),
    }


def _used(tiers, ids):
    """All present classes; archived ones and "no class" only where they are needed."""
    return [
        tier
        for tier in tiers
        if tier["id"] in ids or (tier["id"] != NONE and not tier.get("archived"))
    ]


def _total(found, wanted):
    chosen = [value for key, value in found.items() if wanted(key)]
    return {
        "customers": sum(count for count, _measure in chosen),
        "measure": sum(measure for _count, measure in chosen),
    }


def _cell(found, places, row, column):
    customers, measure = found.get((row["id"], column["id"]), (0, 0.0))
    return {
        "from": row["id"],
        "to": column["id"],
        "customers": customers,
        "measure": measure,
        "direction": _direction(places, row["id"], column["id"]),
    }


def _direction(places, former, new):
    if former == new:
        return "same"
    if former not in places or new not in places:
        return "other"
    return "up" if places[new] < places[former] else "down"
