from . import action
from . import action_recurrence
