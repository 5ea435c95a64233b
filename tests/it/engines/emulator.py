"""The BigQuery emulator on free loopback ports, until its standard input ends.

One extension of its database comes from the package index beforehand, for the emulator would download it elsewhere; it is
put below the home folder, so that is a temporary one.
"""

import os
import sys
import threading

import duckdb_extensions

duckdb_extensions.import_extension("spatial")


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()

from bqemulator.cli import main  # noqa: E402

sys.argv = ["bqemulator", "start", *sys.argv[1:]]
sys.exit(main())
