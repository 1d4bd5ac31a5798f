#!/bin/sh
# Prints a Python that can set up the course, or says what to do.
# PYTHON, if set, is the only candidate. Each candidate is run, not only looked for: version
# managers leave commands on PATH that start nothing.
usable='import sys; sys.exit(sys.version_info < (3, 11))'

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- .venv/bin/python python3.13 python3.12 python3.11 python3 python
fi

found=
for candidate in "$@"; do
    if "$candidate" -c "$usable" >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
    version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) &&
        found="$found
    $candidate is Python $version"
done

{
    if [ -n "$found" ]; then
        echo "The course needs Python 3.11 or newer, and finds only:$found"
    elif [ -n "${PYTHON:-}" ]; then
        echo "PYTHON=$PYTHON does not start. The course needs Python 3.11 or newer."
    else
        echo "The course needs Python 3.11 or newer, and finds no Python at all."
    fi
    echo "Install one (python.org, your system's package manager, or conda: see README.md),"
    echo "or name one: make course PYTHON=/path/to/python3.12"
} >&2
exit 1
