#!/bin/sh
# Resolves what pyproject.toml asks for into requirements*.lock: versions and hashes for Linux and
# macOS, Python 3.11 and newer, and no address. Arguments go to uv, e.g. --upgrade.
set -eu
uv=${UV:-uv}
if ! command -v "$uv" >/dev/null 2>&1; then
    echo "make lock needs uv: install it (pip install uv), or name it: make lock UV=/path/to/uv" >&2
    exit 1
fi

# Extras are kept: where pip resolves by itself, as it does for conda, it needs them in the lock.
# One version of each package for every Python ("fewest"), so that results agree everywhere.
resolve() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" --constraints requirements-constraints.in "$@"
}

resolve --output-file requirements.lock pyproject.toml "$@"
resolve --output-file requirements-test.lock --constraints requirements.lock \
    --group pyproject.toml:test pyproject.toml "$@"
resolve --output-file requirements-build.lock --constraints requirements-test.lock \
    requirements-build.in "$@"
resolve --output-file requirements-node.lock requirements-node.in "$@"
