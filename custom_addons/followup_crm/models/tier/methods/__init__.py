"""The methods of classification: one small class a file, found by its code.

A method yields one ``SQL`` and one sentence; the engine does the rest for all alike.
"""

from .business import BusinessMethod
from .cooperation import CooperationMethod
from .credit import CreditMethod
from .deal import DealMethod
from .industry import IndustryMethod
from .level import LevelMethod
from .lifecycle import LifecycleMethod
from .loyalty import LoyaltyMethod
from .manual import ManualMethod
from .orientation import OrientationMethod
from .potential import PotentialMethod
from .rank import RankMethod
from .region import RegionMethod
from .relation import RelationMethod
from .relationship import RelationshipMethod
from .rfm import RfmMethod
from .share import ShareMethod
from .urgency import UrgencyMethod
from .value import ValueMethod

METHODS = {
    method.code: method
    for method in (
        ShareMethod(),
        RankMethod(),
        PotentialMethod(),
        RfmMethod(),
        BusinessMethod(),
        LifecycleMethod(),
        RelationshipMethod(),
        LoyaltyMethod(),
        OrientationMethod(),
        LevelMethod(),
        CreditMethod(),
        DealMethod(),
        UrgencyMethod(),
        CooperationMethod(),
        RelationMethod(),
        ValueMethod(),
        RegionMethod(),
        IndustryMethod(),
        ManualMethod(),
    )
}
