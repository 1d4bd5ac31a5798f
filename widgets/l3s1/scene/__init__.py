"""What the page draws with: the lean Plotly view (and, later, the 3D view); Python side."""

from __future__ import annotations

from l3s1.scene.plotly_view import PlotlyView

__all__ = ["PlotlyView"]
