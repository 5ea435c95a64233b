from . import file as file
from . import memory as memory
from . import text as text
