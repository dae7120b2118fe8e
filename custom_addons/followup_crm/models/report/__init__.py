from . import report
from . import options
from . import delivery
from . import schedule
