"""What all activities share: an anywidget whose plain text is its text twin."""

from __future__ import annotations

from l3s1.scene.spoken_widget import SpokenWidget


class ActivityWidget(SpokenWidget):
    """An anywidget that a student handles, and that says in plain text what it shows."""
