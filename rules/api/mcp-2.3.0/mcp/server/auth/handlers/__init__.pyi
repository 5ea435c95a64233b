from . import authorize as authorize
from . import metadata as metadata
from . import register as register
from . import revoke as revoke
from . import token as token
