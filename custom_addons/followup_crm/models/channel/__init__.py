from . import complaint_channel
from . import complaint_intake_mail
from . import complaint_mail
from . import complaint_portal
from . import complaint_post
