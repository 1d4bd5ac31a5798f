"""l3s1: an interactive course on lumbar fusion from L3 to S1, taught as evidence."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("l3s1")
