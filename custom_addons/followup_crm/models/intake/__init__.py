from . import intake_mixin
from . import intake_channel_mixin
from . import intake_gateway
from . import intake_incoming
from . import intake_match
from . import intake_receipt
from . import intake_sender
