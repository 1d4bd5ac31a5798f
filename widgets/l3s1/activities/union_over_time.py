"""What is fused when: published shares by CT or radiograph, each with its origin."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from l3s1.activities.origin_panel import OriginPanel
from l3s1.activities.wording import describe_origin, say_value
from l3s1.content import Content, Fact, Value, load_content
from l3s1.figures.union_over_time import UnionPoint, UnionSeries, build_union_over_time_figure
from l3s1.models.proportion import compute_wilson_interval
from l3s1.models.recovery import Span
from l3s1.scene import PlotlyView
from l3s1.vocabulary import EVIDENCE_MARK, Trust

UNION_TOPIC = "union_over_time"
CLAIMED_FACT = "article-claim-solid"


def union_series(content: Content) -> tuple[UnionSeries, ...]:
    """Every sourced series of the topic whose shares (%) have a time point."""
    found = []
    for fact in content.facts.values():
        if fact.topic != UNION_TOPIC or fact.trust is Trust.UNVERIFIED:
            continue
        points = [
            _point(value, value.estimate)
            for value in fact.values
            if value.unit == "%" and value.estimate is not None and value.at_unit is not None
        ]
        if points:
            points.sort(key=lambda point: point.day)
            found.append(UnionSeries(fact.id, _label(fact, content), tuple(points)))
    return tuple(found)


def _label(fact: Fact, content: Content) -> str:
    reference = content.references[fact.reference]
    author = (
        (reference.authors or reference.container or reference.title).split(",")[0].split(" ")[0]
    )
    year = f" {reference.year}" if reference.year else ""
    label = fact.values[0].label.split(",")[0]
    return f"{EVIDENCE_MARK[fact.evidence]} {author}{year}: {label}"


def _point(value: Value, share: float) -> UnionPoint:
    low = high = None
    words = say_value(value)
    if value.n is not None:
        interval = compute_wilson_interval(share / 100 * value.n, value.n)
        low, high = 100 * interval.low, 100 * interval.high
        words += f"<br>95 % interval computed from n: {low:.0f} to {high:.0f} %"
    else:
        words += "<br>n not stated: no interval"
    return UnionPoint(value.time_d("at"), share, low, high, words)


class UnionOverTimeState(traitlets.HasTraits):
    """Which series' origin is open: a fact id, or ""."""

    selected = traitlets.Unicode("")

    def __init__(self, series: tuple[UnionSeries, ...], **state: Any) -> None:
        self.series = series
        super().__init__(**state)

    @traitlets.validate("selected")
    def _valid_selected(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        known = [one.id for one in self.series]
        if name and name not in known:
            raise traitlets.TraitError(
                f"there is no series {name!r}; use one of {', '.join(known)}"
            )
        return name

    def text_twin(self) -> str:
        """Every series with its points."""
        lines = [f"Called fused, {len(self.series)} series:"]
        for one in self.series:
            points = "; ".join(point.words.replace("<br>", ", ") for point in one.points)
            lines.append(f"  {one.label}. {points}")
        return "\n".join(lines)


class UnionOverTimeActivity(ipywidgets.VBox):  # type: ignore[misc]  # untyped
    """The figure, a list to choose a series from, and the origin of what is chosen."""

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = UnionOverTimeState(union_series(content), **state)
        self._content = content
        self.view = PlotlyView(
            build_union_over_time_figure(self.state.series, _claimed(content)),
            self.state.text_twin(),
        )
        self.panel = OriginPanel(content)
        self.chooser = ipywidgets.Dropdown(
            options=[
                ("choose a series …", ""),
                *((one.label, one.id) for one in self.state.series),
            ],
            description="Origin of",
            layout=ipywidgets.Layout(width="auto", max_width="36rem"),
        )
        for trace in self.view.data:
            trace.on_click(self._clicked)
        traitlets.link((self.state, "selected"), (self.chooser, "value"))
        self.state.observe(self._open, "selected")
        super().__init__([self.view, self.chooser, self.panel])
        self.add_class("l3s1-activity")
        self._open()

    def _clicked(self, trace: Any, points: Any, _modifiers: Any) -> None:
        if points.point_inds:
            self.state.selected = trace.customdata[points.point_inds[0]]

    def _open(self, _change: Any = None) -> None:
        chosen = self.state.selected
        self.panel.origin = (
            describe_origin(self._content, self._content.facts[chosen]) if chosen else None
        )

    def text_twin(self) -> str:
        """Every series with its points."""
        return self.state.text_twin()

    def __repr__(self) -> str:
        return self.text_twin()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": self.text_twin()}


def _claimed(content: Content) -> Span | None:
    fact = content.facts.get(CLAIMED_FACT)
    if fact is None or not fact.values:
        return None
    return Span(fact.values[0].time_d("low"), None, fact.values[0].time_d("high"))
