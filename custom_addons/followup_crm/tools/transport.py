"""Numbers of transport: containers, air waybills, ships and places.

Each check returns the reason why a number cannot be right, as a word that the caller
turns into a sentence, with what belongs into the sentence.
"""

import re
from typing import NamedTuple

CONTAINER = re.compile(r"[A-Z]{3}[UJZ]\d{7}")
AIR_WAYBILL = re.compile(r"\d{11}")
IMO = re.compile(r"\d{7}")
LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")

# ISO 6346: letters count from 10, leaving out the multiples of 11.
LETTER_VALUES = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (value for value in range(10, 39) if value % 11),
        strict=True,
    )
)

# Places that goods are often sent from and to, so that a code fills in the name.
PLACES = {
    "AEJEA": "Jebel Ali",
    "ARBUE": "Buenos Aires",
    "AUMEL": "Melbourne",
    "AUSYD": "Sydney",
    "BDCGP": "Chittagong",
    "BEANR": "Antwerp",
    "BRSSZ": "Santos",
    "CAVAN": "Vancouver",
    "CNCAN": "Guangzhou",
    "CNNGB": "Ningbo",
    "CNPVG": "Shanghai Pudong Airport",
    "CNSHA": "Shanghai",
    "CNSZX": "Shenzhen",
    "CNTAO": "Qingdao",
    "CNTXG": "Tianjin Xingang",
    "CNXMN": "Xiamen",
    "CNYTN": "Yantian",
    "DEBRV": "Bremerhaven",
    "DEFRA": "Frankfurt",
    "DEHAM": "Hamburg",
    "DKAAR": "Aarhus",
    "ESBCN": "Barcelona",
    "ESVLC": "Valencia",
    "FIHEL": "Helsinki",
    "FRLEH": "Le Havre",
    "FRPAR": "Paris",
    "GBFXT": "Felixstowe",
    "GBLHR": "London Heathrow Airport",
    "GBLON": "London",
    "GBSOU": "Southampton",
    "HKHKG": "Hong Kong",
    "INNSA": "Nhava Sheva",
    "ITGOA": "Genoa",
    "ITMIL": "Milan",
    "JPTYO": "Tokyo",
    "JPYOK": "Yokohama",
    "KRPUS": "Busan",
    "MXZLO": "Manzanillo",
    "NLAMS": "Amsterdam",
    "NLRTM": "Rotterdam",
    "PLGDN": "Gdansk",
    "SEGOT": "Gothenburg",
    "SGSIN": "Singapore",
    "USCHI": "Chicago",
    "USLAX": "Los Angeles",
    "USLGB": "Long Beach",
    "USNYC": "New York",
    "USSAV": "Savannah",
    "USSEA": "Seattle",
    "VNSGN": "Ho Chi Minh City",
    "ZADUR": "Durban",
}


class Fault(NamedTuple):
    """Why a number cannot be right: ``form`` or ``digit``, and the digit expected."""

    kind: str
    number: str
    expected: str = ""


def normalize(text):
    """A number as it is compared: capitals and digits, without blanks and dashes."""
    return re.sub(r"[\s\-/.]", "", text or "").upper()


def container_digit(number):
    """Check digit of a container's four letters and six digits (ISO 6346)."""
    values = (LETTER_VALUES.get(c) or int(c) for c in number[:10])
    return str(sum(value << place for place, value in enumerate(values)) % 11 % 10)


def check_container(number):
    """Fault of a normalised container number, or None."""
    if not CONTAINER.fullmatch(number):
        return Fault("form", number)
    expected = container_digit(number)
    return None if number[-1] == expected else Fault("digit", number, expected)


def split_containers(text):
    """The container numbers of a text: one a line, or separated by commas or blanks."""
    text = re.sub(r"(?<=[A-Za-z])[ \-](?=\d)|(?<=\d)[\-](?=\d)", "", text or "")
    # The check digit is often written apart: CSQU 305438 3.
    text = re.sub(r"(?<=\b[A-Za-z]{4}\d{6}) (?=\d\b)", "", text)
    return [normalize(part) for part in re.split(r"[\s,;]+", text) if part]


def waybill_digit(number):
    """Check digit of an air waybill: the serial number's first seven digits mod 7."""
    return str(int(number[3:10]) % 7)


def check_waybill(number):
    """Fault of a normalised air waybill number, or None."""
    if not AIR_WAYBILL.fullmatch(number):
        return Fault("form", number)
    expected = waybill_digit(number)
    return None if number[-1] == expected else Fault("digit", number, expected)


def format_waybill(number):
    """An air waybill as it is written: airline's prefix, dash, serial number."""
    return f"{number[:3]}-{number[3:]}" if AIR_WAYBILL.fullmatch(number) else number


def imo_digit(number):
    """Check digit of a ship's IMO number: weights 7 to 2, last digit of the sum."""
    weighted = (
        int(digit) * weight
        for digit, weight in zip(number[:6], range(7, 1, -1), strict=True)
    )
    return str(sum(weighted) % 10)


def check_imo(number):
    """Fault of a ship's normalised IMO number, or None."""
    number = number.removeprefix("IMO")
    if not IMO.fullmatch(number):
        return Fault("form", number)
    expected = imo_digit(number)
    return None if number[-1] == expected else Fault("digit", number, expected)


def check_locode(code):
    """Fault of a normalised UN/LOCODE, or None: country and three signs, no 0 or 1."""
    return None if LOCODE.fullmatch(code) else Fault("form", code)
