from . import errors as errors
from . import handlers as handlers
from . import json_response as json_response
from . import middleware as middleware
from . import provider as provider
from . import routes as routes
from . import settings as settings
