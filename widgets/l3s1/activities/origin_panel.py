"""The origin panel: where a number comes from, the same in every activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import traitlets

from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import describe_origin
from l3s1.scene.static import static_file

if TYPE_CHECKING:
    from l3s1.content import Content


class OriginPanel(ActivityWidget):
    """Shows paper, design, n, interval and how it was verified, of one fact or of none."""

    _esm = static_file("origin_panel.js")
    _css = static_file("origin_panel.css")

    origin = traitlets.Any(None).tag(sync=True)
    heading = traitlets.Unicode("Origin").tag(sync=True)

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content = content

    def show(self, fact: str) -> None:
        """Open the origin of the fact of that id; raises `KeyError` where there is none."""
        self.origin = describe_origin(self._content, self._content.facts[fact])

    def text_twin(self) -> str:
        """The origin in a line."""
        if self.origin is None:
            return "No origin open."
        return f"{self.origin['statement']} {self.origin['citation']}"
