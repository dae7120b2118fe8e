from . import complaint_channel
from . import complaint_gateway
from . import complaint_incoming
from . import complaint_mail
from . import complaint_portal
from . import complaint_post
from . import complaint_receipt
from . import complaint_sender
