"""What activities with a chart share: controls, figure, readings and one way to open an origin.

An activity has a state (a `HasTraits` without widgets) that says what is shown; this panel links
widgets to it, redraws the figure in place when it changes, and opens the origin of whatever mark
or row is chosen.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.link_state import follow_link, write_state
from l3s1.activities.origin_panel import OriginPanel
from l3s1.activities.readings import Reading, Readings
from l3s1.activities.wording import describe_origin
from l3s1.scene import PlotlyView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.content import Content
    from l3s1.figures.theme import Spec


_SLIDER_DECIMALS = 7  # what a page keeps of a slider's value


class FigureState(traitlets.HasTraits):
    """What a chart shows now. `selected` is the fact whose origin is open, or ""."""

    selected = traitlets.Unicode("")

    def __init__(self, content: Content, **state: Any) -> None:
        self.content = content
        super().__init__(**state)
        self._start = write_state(self)

    @classmethod
    def link_name(cls) -> str:
        """What the chart is called in a link and a file: 'responder-curve'."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__.removesuffix("State")).lower()

    def link(self) -> dict[str, str]:
        """What differs from the start, as a link writes it."""
        now = write_state(self)
        return {name: text for name, text in now.items() if text != self._start[name]}

    def follow(self, asked: dict[str, str]) -> None:
        """Show what a link asks for, as far as that is possible."""
        follow_link(self, asked)

    def reset(self) -> None:
        """Show again what was shown at the start."""
        follow_link(self, self._start)

    @traitlets.validate("selected")
    def _valid_selected(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        if name and name not in self.content.facts:
            raise traitlets.TraitError(f"there is no fact {name!r}")
        return name

    def figure(self) -> Spec:
        """The chart; every state's has the same traces in the same order."""
        raise NotImplementedError

    def said(self) -> str:
        """What the chart shows, in a sentence or two."""
        raise NotImplementedError

    def caption(self) -> str:
        """What the rows are."""
        raise NotImplementedError

    def head(self) -> tuple[str, ...]:
        """Names of the columns; the first is that of the rows' labels."""
        raise NotImplementedError

    def readings(self) -> tuple[Reading, ...]:
        """A row for every mark of the chart, and for every gap."""
        raise NotImplementedError

    def text_twin(self) -> str:
        """All that the chart shows, in words."""
        rows = (f"  {reading.say()}" for reading in self.readings())
        return "\n".join([self.said(), f"{self.caption()}:", *rows])


class FigureActivity(ipywidgets.VBox):  # type: ignore[misc]  # untyped
    """Controls above, the chart, what it says, and the origin of what is chosen."""

    def __init__(self, state: FigureState, controls: Sequence[ipywidgets.Widget]) -> None:
        self.state = state
        self.view = PlotlyView(state.figure(), state.text_twin())
        self.readings = Readings(layout=shared_layout(), link_name=state.link_name())
        self._panel: OriginPanel | None = None
        self._say()
        for trace in self.view.data:
            trace.on_click(self._clicked)
        traitlets.link((state, "selected"), (self.readings, "selected"))
        shown = [name for name in state.trait_names() if name != "selected"]
        state.observe(self._redraw, shown)
        state.observe(self._open, "selected")
        self.readings.observe(lambda change: state.follow(change["new"]), "asked")
        self.readings.on_msg(self._told)
        self.controls = control_row(controls)
        self._parts: tuple[Any, ...] = (self.controls, self.view, self.readings)
        super().__init__(self._parts, layout=shared_layout())
        self.add_class("l3s1-activity")
        self._open()

    @property
    def panel(self) -> OriginPanel:
        """The panel of origins; it reaches the page when the first origin is opened."""
        if self._panel is None:
            self._panel = OriginPanel(self.state.content)
            self._panel.observe(self._closed, "origin")
            self.children = (*self._parts, self._panel)
        return self._panel

    def _redraw(self, _change: Any) -> None:
        self.view.show(self.state.figure(), self.state.text_twin())
        self._say()

    def _say(self) -> None:
        state = self.state
        self.readings.show(
            state.said(), state.caption(), state.head(), state.readings(), state.link()
        )

    def _told(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if isinstance(message, dict) and message.get("type") == "reset":
            self.state.reset()

    def _clicked(self, trace: Any, points: Any, _modifiers: Any) -> None:
        facts = trace.customdata
        if points.point_inds and facts is not None and len(facts):
            # one fact holds for all marks of a trace that names no more
            fact = facts[min(points.point_inds[0], len(facts) - 1)]
            if fact:
                self.state.selected = str(fact)

    def _open(self, _change: Any = None) -> None:
        facts = self.state.content.facts
        chosen = self.state.selected
        self.readings.link = self.state.link()
        if not chosen and self._panel is None:
            return
        self.panel.origin = describe_origin(self.state.content, facts[chosen]) if chosen else None

    def _closed(self, change: Any) -> None:
        if change["new"] is None:
            self.state.selected = ""

    def text_twin(self) -> str:
        """All that the chart shows, in words."""
        return self.state.text_twin()

    def __repr__(self) -> str:
        return self.text_twin()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": self.text_twin()}


@cache
def shared_layout(**settings: str) -> ipywidgets.Layout:
    """A layout that many widgets share: each of its own would be a kilobyte on the wire."""
    return ipywidgets.Layout(**settings)


def control_row(controls: Sequence[ipywidgets.Widget]) -> ipywidgets.Widget:
    """The controls of a chart: side by side where there is room, else one below the other."""
    layout = shared_layout(flex_flow="row wrap", align_items="center", width="100%")
    row = ipywidgets.Box(list(controls), layout=layout)
    row.add_class("l3s1-chart-controls")
    return row


def control_layout() -> ipywidgets.Layout:
    """The layout of a control in such a row."""
    return shared_layout(width="auto", max_width="100%", margin="0 1rem 0.25rem 0")


def position(slider: ipywidgets.FloatSlider, value: float) -> float:
    """The slider's own position nearest to `value`: a whole number of its steps, or its end.

    A page that draws a slider between its steps moves it to one and sends that as if a reader had;
    so a slider is only ever put on a step, and only what is off its place is a reader's move.
    """
    inside = min(max(value, slider.min), slider.max)
    steps = round((inside - slider.min) / slider.step)
    place = round(slider.min + steps * slider.step, _SLIDER_DECIMALS)
    return float(min(max(place, slider.min), slider.max))


def choice(state: FigureState, name: str, label: str, options: Any) -> ipywidgets.Dropdown:
    """A list from which the trait `name` is chosen; `options` are (words, value) pairs."""
    control = ipywidgets.Dropdown(
        options=options,
        value=getattr(state, name),
        description=label,
        style={"description_width": "auto"},
        layout=control_layout(),
    )
    traitlets.link((state, name), (control, "value"))
    return control
