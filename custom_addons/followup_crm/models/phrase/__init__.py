from . import phrase_use
from . import phrase
from . import phrase_values
