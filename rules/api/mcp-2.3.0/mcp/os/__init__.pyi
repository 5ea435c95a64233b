from . import posix as posix
from . import win32 as win32
