from .cli import app as app
from . import claude as claude
from . import cli as cli
