from . import auth_context as auth_context
from . import bearer_auth as bearer_auth
