"""Prospects of the demonstration: whom we met at fairs and elsewhere, and what came."""

from typing import NamedTuple


class Prospect(NamedTuple):
    """An open lead.

    :param man: three letters, capitals for large; a dot for what is not known
    :param size: key of the size of a customer, or empty
    :param age: days since it came in
    :param phase: key of the stage of the prospect
    :param quotation: product → pieces of a quotation that is out
    """

    title: str
    company: str
    person: str
    email: str
    country: str
    channel: str
    method: str
    category: str
    size: str
    man: str
    age: int
    phase: str
    revenue: int
    user: str
    quotation: dict = {}


PROSPECTS = (
    Prospect(
        "Performance Days Munich: shell jackets",
        "Bergkante Sport GmbH",
        "Tobias Reindl",
        "t.reindl@bergkante.example",
        "de",
        "exhibition",
        "meeting",
        "outerwear",
        "large",
        "MAN",
        9,
        "interested",
        84000,
        "lena",
    ),
    Prospect(
        "Performance Days Munich: private label fleece",
        "Polarhaus AB",
        "Ebba Norén",
        "ebba.noren@polarhaus.example",
        "se",
        "exhibition",
        "meeting",
        "outerwear",
        "medium",
        "MaN",
        9,
        "prospect",
        36000,
        "wang",
    ),
    Prospect(
        "Autumn order fair: oxford shirts for 60 shops",
        "Camisería Del Puerto SL",
        "Inés Calvo",
        "compras@delpuerto.example",
        "es",
        "order_fair",
        "meeting",
        "shirts",
        "medium",
        "MAN",
        34,
        "near",
        52000,
        "lena",
        {"oxford": 2400, "linen": 900},
    ),
    Prospect(
        "Autumn order fair: cardigans",
        "Strikkehuset AS",
        "Marte Lie",
        "marte@strikkehuset.example",
        "no",
        "order_fair",
        "meeting",
        "knitwear",
        "small",
        "mAN",
        34,
        "interested",
        18000,
        "wang",
    ),
    Prospect(
        "Trade guide: workwear for a rental company",
        "Overall & Söhne KG",
        "Jens Overall",
        "einkauf@overall-soehne.example",
        "de",
        "trade_guide",
        "reading",
        "workwear",
        "medium",
        "MAn",
        51,
        "prospect",
        40000,
        "wang",
    ),
    Prospect(
        "Magic Las Vegas: denim capsule",
        "Juniper & Rye Inc.",
        "Caleb Stone",
        "caleb@juniperrye.example",
        "us",
        "exhibition",
        "meeting",
        "denim",
        "small",
        "maN",
        76,
        "interested",
        15000,
        "diego",
    ),
    Prospect(
        "Magic Las Vegas: school uniforms for three districts",
        "Prairie School Outfitters LLC",
        "Donna Whitfield",
        "donna@prairieschool.example",
        "us",
        "exhibition",
        "meeting",
        "school",
        "medium",
        "MAN",
        76,
        "near",
        61000,
        "diego",
        {"school_polo": 3600, "cardigan": 1200},
    ),
    Prospect(
        "Web form: samples, please",
        "",
        "M. Petrov",
        "mpetrov@freemail.example",
        "bg",
        "internet",
        "network",
        "",
        "",
        "man",
        20,
        "prospect",
        0,
        "wang",
    ),
    Prospect(
        "Visited our stand in Tokyo",
        "Kumo Select Co., Ltd.",
        "Sakura Ide",
        "ide@kumoselect.example",
        "jp",
        "exhibition",
        "observation",
        "outerwear",
        "large",
        "M.N",
        4,
        "prospect",
        70000,
        "lena",
    ),
    Prospect(
        "Canton Fair: kids' snow suits",
        "Petit Traîneau SAS",
        "Chloé Perrin",
        "c.perrin@petit-traineau.example",
        "fr",
        "exhibition",
        "meeting",
        "kids",
        "micro",
        "mAn",
        42,
        "prospect",
        9000,
        "wang",
    ),
    Prospect(
        "Recommended by Nordwind: a bike brand",
        "Rückenwind Rad GmbH",
        "Nele Brandt",
        "nele@rueckenwind-rad.example",
        "de",
        "referral",
        "communication",
        "outerwear",
        "medium",
        "MA.",
        2,
        "prospect",
        30000,
        "lena",
    ),
    Prospect(
        "Canton Fair: took a catalogue",
        "Desert Palm Trading FZE",
        "",
        "info@desertpalm.example",
        "ae",
        "exhibition",
        "meeting",
        "",
        "",
        "...",
        42,
        "prospect",
        0,
        "priya",
    ),
)
# Customers that came as prospects: file → days before its first order.
WON = {
    "nordwind": 120,
    "maison_lavaud": 95,
    "brightwell": 80,
    "svalan": 60,
    "krajewski": 75,
    "blauwbaan": 40,
    "cascadia": 110,
    "lone_mesa": 70,
    "ridgeline": 65,
    "anahuac": 90,
    "hoshizora": 130,
    "hanbit": 85,
    "al_noor": 50,
    "southerly": 45,
    "protea": 60,
    "qingfeng": 35,
}
# Leads that came to nothing: company, channel, days since.
LOST = (
    ("Tundra Gear Oy", "exhibition", 390),
    ("Costa Verde Moda SRL", "exhibition", 330),
    ("Glen & Moor Ltd", "order_fair", 300),
    ("Web inquiry: 50 T-shirts", "internet", 210),
    ("Web inquiry: sample only", "internet", 150),
    ("Web inquiry: reseller", "internet", 95),
    ("Hilltop Uniforms Inc.", "trade_guide", 260),
    ("Atelier Sorrel", "exhibition", 120),
)
# Channel → costs: days since, amount, what for.
COSTS = (
    ("exhibition", 400, 18500, "Stand at Performance Days, Munich, autumn"),
    ("exhibition", 225, 21400, "Stand at the Canton Fair, spring session"),
    ("exhibition", 76, 26800, "Stand at Magic, Las Vegas, shared"),
    ("exhibition", 9, 19200, "Stand at Performance Days, Munich, with travel"),
    ("order_fair", 215, 8600, "Order fair, spring: show room and samples"),
    ("order_fair", 34, 9100, "Order fair, autumn: show room and samples"),
    ("trade_guide", 350, 2400, "Entry in the European buyers' guide"),
    ("internet", 300, 3600, "Pages in five languages, a year"),
    ("association_directory", 320, 1200, "Membership of the chamber of commerce"),
)
