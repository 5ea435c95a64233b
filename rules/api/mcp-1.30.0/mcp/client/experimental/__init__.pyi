from mcp.client.experimental.tasks import ExperimentalClientFeatures as ExperimentalClientFeatures
__all__ = ["ExperimentalClientFeatures"]
from . import task_handlers as task_handlers
from . import tasks as tasks
