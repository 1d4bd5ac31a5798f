"""The one copy of plotly.js that all figures of a browser share.

The server sends it once as a cached file (`PLOTLY_FILE` under `l3s1/static/`). Where a page can't
reach that file (a notebook opened in another program), the view asks the kernel for it, and
`answer_bundle_request` sends it compressed, once for each page that asks.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import plotly

PLOTLY_FILE = f"plotly-{plotly.__version__}.js"
"""Name under which the server offers the bundle; it carries the version, so it may be cached."""

BUNDLE_MESSAGE = "l3s1:plotly-bundle"


def plotly_bundle_path() -> Path:
    """Path of the ES module with plotly.js and its widget view, as installed with plotly."""
    return Path(str(resources.files("plotly"))) / "package_data" / "widgetbundle.js"


@cache
def gzipped_plotly_bundle() -> bytes:
    """The bundle, gzip-compressed (about 1.5 MB)."""
    return gzip.compress(plotly_bundle_path().read_bytes(), compresslevel=6, mtime=0)


def answer_bundle_request(widget: Any, content: Any, _buffers: Any = None) -> None:
    """Answer a view's request for the bundle; other messages are left alone."""
    if isinstance(content, dict) and content.get("type") == BUNDLE_MESSAGE:
        widget.send({"type": BUNDLE_MESSAGE}, buffers=[gzipped_plotly_bundle()])
