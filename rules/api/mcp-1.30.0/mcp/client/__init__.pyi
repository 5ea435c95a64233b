from . import experimental as experimental
from . import session as session
from . import session_group as session_group
from . import sse as sse
from . import stdio as stdio
from . import streamable_http as streamable_http
