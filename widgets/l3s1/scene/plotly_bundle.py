"""The one copy of plotly.js that all figures of a browser share; see `shared_files`."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources
from pathlib import Path

import plotly

from l3s1.scene.shared_files import SharedFile

PLOTLY_FILE = f"plotly-{plotly.__version__}.js"
"""Name under which the server offers the bundle; it carries the version, so it may be cached."""


def plotly_bundle_path() -> Path:
    """Path of the ES module with plotly.js and its widget view, as installed with plotly."""
    return Path(str(resources.files("plotly"))) / "package_data" / "widgetbundle.js"


@cache
def _gzipped_bundle() -> bytes:
    return gzip.compress(plotly_bundle_path().read_bytes(), compresslevel=6, mtime=0)


PLOTLY = SharedFile(PLOTLY_FILE, _gzipped_bundle)
"""The bundle as pages ask for it, about 1.5 MB."""
