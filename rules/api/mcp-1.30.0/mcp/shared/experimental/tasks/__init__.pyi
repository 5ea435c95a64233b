from . import capabilities as capabilities
from . import context as context
from . import helpers as helpers
from . import in_memory_task_store as in_memory_task_store
from . import message_queue as message_queue
from . import polling as polling
from . import resolver as resolver
from . import store as store
