from . import middleware as middleware
from . import provider as provider
from . import settings as settings
