"""How each customer of the demonstration buys and pays.

The keys are the external ids in ``customer/followup.customer.csv`` without
``customer_``. A customer that is not here has never ordered.
"""

from typing import NamedTuple

# Weight of each calendar month, January first, for placing orders.
SEASONS = {
    "even": (10, 9, 10, 10, 10, 9, 9, 8, 10, 11, 11, 9),
    "winter": (6, 9, 15, 18, 18, 14, 9, 6, 5, 4, 4, 4),
    "summer": (12, 8, 5, 4, 3, 3, 5, 8, 14, 18, 18, 14),
    "southern": (16, 18, 14, 9, 5, 5, 8, 11, 9, 6, 4, 7),
    "school": (14, 20, 22, 16, 6, 2, 2, 2, 3, 3, 4, 8),
}

# What a customer chooses from: products of product/product.product.csv.
RANGES = {
    "outdoor": ("softshell", "parka", "rain_jacket", "fleece", "merino"),
    "city": ("oxford", "linen", "cardigan", "stretch_denim"),
    "store": ("oxford", "stretch_denim", "cardigan", "dungarees", "rain_jacket"),
    "knit": ("merino", "cardigan", "fleece"),
    "denim": ("selvedge", "stretch_denim", "linen"),
    "kids": ("dungarees", "snow_suit"),
    "work": ("work_trousers", "hi_vis", "fleece"),
    "school": ("school_polo", "cardigan", "rain_jacket"),
    "wide": ("softshell", "parka", "rain_jacket", "fleece", "selvedge", "oxford"),
}


class Profile(NamedTuple):
    """Buying and paying habits of one customer.

    :param turnover: thousand US dollars in the earlier of the last two years
    :param orders: number of orders a year
    :param assortment: a key of ``RANGES``
    :param season: a key of ``SEASONS``
    :param growth: turnover of the last year against the one before
    :param first: months since the first order
    :param last: months since the last order; 0 where the customer is active
    :param discount: part of the list price that it bargains away
    :param late: days after the due date on which it pays, on average
    :param unpaid: how many of its newest invoices it does not pay at all
    """

    turnover: float
    orders: int
    assortment: str
    season: str = "even"
    growth: float = 1.0
    first: int = 27
    last: int = 0
    discount: float = 0.0
    late: int = 1
    unpaid: int = 0


PROFILES = {
    # Key accounts
    "cascadia": Profile(2200, 18, "wide", growth=1.06, discount=0.06, late=-2),
    "nordwind": Profile(1850, 16, "outdoor", "winter", 1.16, discount=0.04, late=0),
    "brightwell": Profile(1600, 15, "store", growth=0.66, discount=0.08, late=9),
    "maison_lavaud": Profile(1300, 13, "city", growth=1.02, late=7),
    "harrow_pine": Profile(880, 12, "wide", growth=1.28, discount=0.02, late=-3),
    "hoshizora": Profile(760, 11, "city", growth=1.01, late=-1),
    "maplecrest": Profile(560, 9, "outdoor", "winter", 1.03, discount=0.03),
    # Large and growing
    "svalan": Profile(540, 10, "knit", "winter", 1.35, late=0),
    "southerly": Profile(540, 9, "outdoor", "southern", 1.22, late=3),
    "blauwbaan": Profile(480, 8, "denim", growth=0.98, late=2),
    "lone_mesa": Profile(420, 8, "work", growth=1.04, discount=0.07, late=4),
    "al_noor": Profile(380, 8, "work", growth=1.08, discount=0.06, late=12),
    # The middle
    "hanbit": Profile(300, 8, "city", "summer", 1.4, late=-12),
    "ipe_amarelo": Profile(250, 6, "outdoor", "southern", 0.6, late=38, unpaid=2),
    "protea": Profile(250, 6, "school", "southern", 0.96, discount=0.05, late=6),
    "donauwerk": Profile(210, 7, "work", growth=1.05, late=-1),
    "golden_harbour": Profile(190, 6, "wide", growth=0.85, discount=0.05, late=8),
    "thornbury": Profile(180, 4, "school", "school", 1.1, late=0),
    "red_gum": Profile(165, 6, "work", growth=1.02, late=2),
    "corsini": Profile(160, 5, "knit", "winter", 0.95, late=14),
    "ridgeline": Profile(140, 5, "outdoor", "winter", 1.3, late=1),
    "najd": Profile(135, 5, "school", "school", 1.27, late=10),
    "anahuac": Profile(120, 5, "work", growth=1.3, late=-4),
    "krajewski": Profile(120, 6, "wide", growth=1.7, late=5),
    "midori": Profile(110, 4, "kids", "winter", 1.0, late=0),
    "hilos_del_sol": Profile(100, 5, "city", "summer", 1.25, late=3),
    # The long tail
    "alpenfaden": Profile(95, 4, "outdoor", "winter", late=-2),
    "kauri": Profile(90, 4, "outdoor", "southern", 1.05, late=1),
    "fjellstrikk": Profile(80, 4, "knit", "winter", 1.02, late=0),
    "grand_nord": Profile(75, 4, "outdoor", "winter", 0.9, late=6),
    "ballyrowan": Profile(66, 4, "knit", "winter", 0.97, late=4),
    "highveld": Profile(64, 4, "work", growth=1.1, late=9),
    "andina": Profile(62, 4, "city", growth=1.24, first=18, late=5),
    "bayou_kids": Profile(62, 4, "kids", growth=0.55, late=11),
    "havbris": Profile(60, 4, "city", "summer", 0.6, late=3),
    "malwa": Profile(60, 4, "city", growth=1.0, first=20, late=17),
    "lagos_threads": Profile(55, 3, "school", growth=1.0, late=27, unpaid=1),
    "anadolu": Profile(52, 3, "denim", growth=0.8, late=2),
    "lion_gate": Profile(48, 4, "work", growth=1.0, late=1),
    "sierra_norte": Profile(44, 3, "work", growth=1.0, late=0),
    "atlas_couture": Profile(34, 3, "city", growth=0.9, late=13),
    "morava": Profile(33, 3, "wide", growth=1.0, late=2),
    "petit_galet": Profile(24, 3, "kids", growth=1.2, late=0),
    # New within the last year
    "qingfeng": Profile(70, 6, "outdoor", "winter", 1.2, first=7),
    "nile_cotton": Profile(60, 5, "city", first=6, late=2),
    "costa_brisa": Profile(70, 5, "denim", first=10, late=4),
    "lusomar": Profile(40, 4, "city", first=8, late=0),
    # Dormant, lost, and the one that does not pay
    "kivimetsa": Profile(42, 3, "knit", "winter", 0.8, last=14, late=8),
    "siam_lotus": Profile(32, 3, "city", growth=0.7, last=13, late=5),
    "pampa_lanas": Profile(30, 2, "knit", growth=0.7, last=13, late=60, unpaid=1),
    "stadium_row": Profile(88, 4, "store", growth=0.8, last=15, late=20, unpaid=2),
    "aegean_line": Profile(30, 3, "city", "summer", 0.8, first=36, last=25, late=30),
    "nusantara": Profile(28, 2, "denim", first=36, last=25, late=6),
}

# Open quotations: customer → days since it was made (older ones wait for an answer).
QUOTATIONS = {
    "cascadia": (2, 9),
    "nordwind": (3, 12),
    "brightwell": (6,),
    "maison_lavaud": (4, 30),
    "harrow_pine": (1,),
    "hoshizora": (16,),
    "svalan": (2,),
    "southerly": (5,),
    "blauwbaan": (8,),
    "lone_mesa": (21,),
    "al_noor": (3, 11),
    "hanbit": (1,),
    "protea": (13,),
    "krajewski": (6,),
    "najd": (10,),
    "anahuac": (7,),
    "kivimetsa": (40,),
    "wattwerk": (9,),
    "coromandel": (55,),
    "otago_merino": (24,),
    "savannah": (18,),
}
