from . import utilities as utilities
