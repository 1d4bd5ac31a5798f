"""Set up the course: ``python tools/bootstrap.py install`` or ``... test``.

This file parses on any Python, so that one that is too old says so instead of failing somewhere.
The work is in setup_environment.py.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "The course needs Python 3.11 or newer; this is Python %d.%d (%s).\n"
        "Install a newer one, or name one: make course PYTHON=/path/to/python3.12\n"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    sys.exit(1)

import setup_environment

sys.exit(setup_environment.main(sys.argv[1:]))
