"""Shipments of the demonstration, planned without a database: by what, how long, where.

Everything random comes from one seed an order: on the same day the plan is the same.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from ..tools.transport import container_digit, waybill_digit

# Country → port of discharge, days at sea, airport.
PORTS = {
    "DE": ("DEHAM", 34, "DEFRA"),
    "AT": ("DEHAM", 34, "DEFRA"),
    "CH": ("ITGOA", 30, "DEFRA"),
    "FR": ("FRLEH", 33, "FRPAR"),
    "GB": ("GBFXT", 35, "GBLHR"),
    "NL": ("NLRTM", 33, "NLAMS"),
    "BE": ("BEANR", 33, "NLAMS"),
    "IT": ("ITGOA", 29, "ITMIL"),
    "ES": ("ESVLC", 29, "ESBCN"),
    "SE": ("SEGOT", 38, "SEGOT"),
    "PL": ("PLGDN", 38, "PLGDN"),
    "US": ("USLGB", 18, "USCHI"),
    "CA": ("CAVAN", 18, "CAVAN"),
    "MX": ("MXZLO", 21, "MXZLO"),
    "BR": ("BRSSZ", 33, "BRSSZ"),
    "AR": ("ARBUE", 38, "ARBUE"),
    "JP": ("JPYOK", 4, "JPTYO"),
    "KR": ("KRPUS", 3, "KRPUS"),
    "IN": ("INNSA", 18, "INNSA"),
    "AE": ("AEJEA", 20, "AEJEA"),
    "SG": ("SGSIN", 8, "SGSIN"),
}
# Goods of the last weeks and of the next ones.
DAYS_BACK, DAYS_AHEAD = 100, 24
MOST = 60
# Order's customer whose goods go by letter of credit.
CREDIT = {"al_noor", "golden_harbour", "pampa_lanas"}
BY_AIR = {"svalan", "hoshizora", "grand_nord", "petit_galet"}
VESSELS = (
    ("Meridian Star", "412W"),
    ("Pacific Heron", "027W"),
    ("Jade Harbour", "118W"),
    ("Northern Lily", "306W"),
)
FLIGHTS = ("MX 861", "PO 7340", "SK 998")


class PlannedShipment(NamedTuple):
    """A shipment as it will be made."""

    mode: str
    state: str
    etd: date
    eta: date
    eta_first: date
    atd: date | None
    ata: date | None
    delivered_on: date | None
    port: str
    vals: dict


def plan_shipment(customer, country, delivery, today):
    """The shipment of an order, or None where no port is known.

    :param customer: key of the customer
    :param country: code of its country
    :param delivery: ``date`` on which the goods are to leave the factory
    """
    if country not in PORTS:
        return None
    rng = Random(f"shipment {customer} {(today - delivery).days}")
    port, sea_days, airport = PORTS[country]
    mode = "air" if customer in BY_AIR or rng.random() < 0.12 else "sea"
    port = airport if mode == "air" else port
    etd = delivery + timedelta(days=rng.randint(2, 5))
    slip = rng.choice((0, 0, 0, 0, 1, 3, 6))
    eta_first = etd + timedelta(days=3 if mode == "air" else sea_days)
    eta = eta_first + timedelta(days=slip)
    # One in ten is not reported in time: that is what warnings are for.
    unreported = timedelta(days=4 if rng.random() < 0.1 else 0)
    atd = etd if etd + unreported <= today else None
    ata = eta if atd and eta + unreported <= today else None
    delivered = ata + timedelta(days=rng.randint(2, 4)) if ata else None
    if delivered and delivered > today:
        delivered = None
    return PlannedShipment(
        mode,
        _get_state(atd, ata, delivered, etd, today),
        etd,
        eta,
        eta_first,
        atd,
        ata,
        delivered,
        port,
        _plan_transport(mode, rng) if atd or etd - today < timedelta(days=10) else {},
    )


def _get_state(atd, ata, delivered, etd, today):
    if delivered:
        return "delivered"
    if ata:
        return "arrived"
    if atd:
        return "under_way"
    return "booked" if etd - today < timedelta(days=10) else "planned"


def _plan_transport(mode, rng):
    """Numbers with check digits that are right."""
    if mode == "air":
        serial = f"{rng.randint(1_000_000, 9_999_999)}"
        number = f"020{serial}"
        digit = waybill_digit(number + "0")
        return {
            "flight": rng.choice(FLIGHTS),
            "awb_number": number + digit,
            "port_loading_code": "CNPVG",
        }
    vessel, voyage = rng.choice(VESSELS)
    number = rng.choice(("MRDU", "PHNU", "JHBU")) + f"{rng.randint(100_000, 999_999)}"
    return {
        "vessel": vessel,
        "voyage": voyage,
        "container_numbers": number + container_digit(number),
        "seal_numbers": f"CN{rng.randint(100_000, 999_999)}",
        "bl_number": f"MRD{rng.randint(10_000_000, 99_999_999)}",
        "port_loading_code": "CNNGB",
    }


def make_pdf(title, lines):
    """A small but real PDF of one page, so that a document can be opened.

    :return: bytes
    """
    texts = [f"BT /F1 18 Tf 60 770 Td ({title}) Tj ET"]
    texts += [
        f"BT /F1 11 Tf 60 {735 - 18 * number} Td ({line}) Tj ET"
        for number, line in enumerate(lines)
    ]
    stream = "\n".join(texts).encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, start)
    )
