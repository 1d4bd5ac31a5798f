"""What the page draws with: the lean Plotly view and the 3D view of the anatomy; Python side."""

from __future__ import annotations

from l3s1.scene.anatomy import Anatomy
from l3s1.scene.anatomy_scene import AnatomyScene
from l3s1.scene.plotly_view import PlotlyView

__all__ = ["Anatomy", "AnatomyScene", "PlotlyView"]
