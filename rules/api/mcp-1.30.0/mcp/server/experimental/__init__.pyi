from . import request_context as request_context
from . import session_features as session_features
from . import task_context as task_context
from . import task_result_handler as task_result_handler
from . import task_scope as task_scope
from . import task_support as task_support
