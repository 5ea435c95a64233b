from mcp.client.auth.exceptions import OAuthFlowError as OAuthFlowError, OAuthRegistrationError as OAuthRegistrationError, OAuthTokenError as OAuthTokenError
from mcp.client.auth.oauth2 import OAuthClientProvider as OAuthClientProvider, PKCEParameters as PKCEParameters, TokenStorage as TokenStorage
from mcp.shared.auth import AuthorizationCodeResult as AuthorizationCodeResult
__all__ = ["AuthorizationCodeResult", "OAuthClientProvider", "OAuthFlowError", "OAuthRegistrationError", "OAuthTokenError", "PKCEParameters", "TokenStorage"]
from . import exceptions as exceptions
from . import oauth2 as oauth2
from . import utils as utils
