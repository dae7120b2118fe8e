from . import review_platform
from . import review
from . import review_flow
from . import action_review
from . import customer_review
