"""A Plotly figure that is light on the wire and right wherever it is nested."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import plotly.graph_objects as go
import traitlets

from l3s1.scene.code_once import CodeOnce
from l3s1.scene.plotly_bundle import PLOTLY, PLOTLY_FILE
from l3s1.scene.shared_files import answering


class PlotlyView(CodeOnce, go.FigureWidget):  # type: ignore[misc]  # plotly is untyped
    """A `FigureWidget` whose view loads plotly.js once per browser instead of with each figure.

    `figure` must be complete; `text` is its text twin and becomes the figure's `text/plain`.
    Updates in place (`with view.batch_update(): …`), clicks and hovers work as in a
    `FigureWidget`. Changes made before a page shows the figure are part of what it shows.
    """

    view_name = "plotly_view"

    text = traitlets.Unicode(help="What the figure shows, in words")
    _plotly_file = traitlets.Unicode(PLOTLY_FILE).tag(sync=True)

    def __init__(self, figure: go.Figure | dict[str, Any], text: str) -> None:
        self.carry_code()
        super().__init__(figure)
        self._shown = figure if isinstance(figure, dict) else figure.to_plotly_json()
        self.text = text
        self.on_msg(answering(PLOTLY))

    def show(self, figure: dict[str, Any], text: str) -> None:
        """Become `figure`, plain JSON with the same traces in the same order; `text` is its twin.

        Only what differs from what was shown last is sent, in one message. Raises `ValueError`
        where the traces are not as many, or of other kinds.
        """
        old, new = ([each["type"] for each in one["data"]] for one in (self._shown, figure))
        if old != new:
            raise ValueError(f"a figure of {old} can't become one of {new} in place")
        with self.batch_update():
            for trace, was, wanted in zip(
                self.data, self._shown["data"], figure["data"], strict=True
            ):
                _change(trace, was, wanted)
            _change(self.layout, self._shown["layout"], figure["layout"])
        self._shown = figure
        self.text = text

    def _should_send_property(self, key: str, value: Any) -> bool:
        """Hold back that an update is over, and its number: an update itself says both."""
        over = key.startswith("_py2js_") and value is None
        if over or key in ("_last_layout_edit_id", "_last_trace_edit_id"):
            return False
        return bool(super()._should_send_property(key, value))

    def _refresh_unseen(self) -> None:
        """Keep the state that a view starts from in step while no view is there to be told."""
        if not self._view_count:
            self._widget_layout = self._layout_obj.to_plotly_json()
            self._widget_data = deepcopy(self._data)

    def _send_relayout_msg(self, *args: Any, **kwargs: Any) -> None:
        super()._send_relayout_msg(*args, **kwargs)
        self._refresh_unseen()

    def _send_restyle_msg(self, *args: Any, **kwargs: Any) -> None:
        super()._send_restyle_msg(*args, **kwargs)
        self._refresh_unseen()

    def _send_addTraces_msg(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802 (plotly's name)
        super()._send_addTraces_msg(*args, **kwargs)
        self._refresh_unseen()

    def _send_moveTraces_msg(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        super()._send_moveTraces_msg(*args, **kwargs)
        self._refresh_unseen()

    def _send_deleteTraces_msg(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        super()._send_deleteTraces_msg(*args, **kwargs)
        self._refresh_unseen()

    def _send_update_msg(self, *args: Any, **kwargs: Any) -> None:
        super()._send_update_msg(*args, **kwargs)
        self._refresh_unseen()

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(*args, **kwargs)
        return {**bundle, "text/plain": self.text}


def _change(part: Any, was: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Set those properties of `part`, a trace or a layout, that are `wanted` otherwise."""
    old, new = _leaves(was), _leaves(wanted)
    for path in old.keys() | new.keys():
        if old.get(path) != new.get(path):
            part[path] = new.get(path)


def _leaves(properties: dict[str, Any], above: str = "") -> dict[str, Any]:
    """The properties by dotted path; lists are leaves, and so is what a figure says of itself."""
    found: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, dict) and name != "meta":
            found |= _leaves(value, f"{above}{name}.")
        else:
            found[above + name] = value
    return found
