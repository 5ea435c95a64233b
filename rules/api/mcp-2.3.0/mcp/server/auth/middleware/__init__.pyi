from . import auth_context as auth_context
from . import bearer_auth as bearer_auth
from . import client_auth as client_auth
