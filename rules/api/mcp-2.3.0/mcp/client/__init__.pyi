from mcp.client._input_required import InputRequiredRoundsExceededError as InputRequiredRoundsExceededError
from mcp.client._transport import Transport as Transport
from mcp.client.caching import CacheConfig as CacheConfig, CacheEntry as CacheEntry, CacheKey as CacheKey, CacheMode as CacheMode, InMemoryResponseCacheStore as InMemoryResponseCacheStore, ResponseCacheStore as ResponseCacheStore
from mcp.client.client import Client as Client
from mcp.client.context import ClientRequestContext as ClientRequestContext
from mcp.client.extension import ClaimContext as ClaimContext, ClientExtension as ClientExtension, NotificationBinding as NotificationBinding, ResultClaim as ResultClaim, UnexpectedClaimedResult as UnexpectedClaimedResult, advertise as advertise
from mcp.client.session import ClientSession as ClientSession, IncomingMessage as IncomingMessage
__all__ = ["CacheConfig", "CacheEntry", "CacheKey", "CacheMode", "ClaimContext", "Client", "ClientExtension", "ClientRequestContext", "ClientSession", "IncomingMessage", "InMemoryResponseCacheStore", "InputRequiredRoundsExceededError", "NotificationBinding", "ResponseCacheStore", "ResultClaim", "Transport", "UnexpectedClaimedResult", "advertise"]
from . import _input_required as _input_required
from . import _memory as _memory
from . import _probe as _probe
from . import _transport as _transport
from . import caching as caching
from . import client as client
from . import context as context
from . import extension as extension
from . import session as session
from . import session_group as session_group
from . import sse as sse
from . import stdio as stdio
from . import streamable_http as streamable_http
from . import subscriptions as subscriptions
