"""How the share of people who 'improve' moves with the threshold that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.figure_activity import (
    FigureActivity,
    FigureState,
    choice,
    control_layout,
    position,
    shared_layout,
)
from l3s1.activities.outcome_facts import (
    LEVEL_GROUP_LABEL,
    estimate_of,
    hover_of,
    is_extrapolated,
    is_quoted,
    label_of,
    level_group,
    paper_of,
    say_percent,
    share_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.responder_scales import (
    BY_ID,
    CLAIM_FACT,
    MARK_KIND,
    MARK_TOPIC,
    SCALES,
    Scale,
)
from l3s1.activities.wording import say_number
from l3s1.content import Content, Fact, Value, load_content
from l3s1.figures.marks import series_colours
from l3s1.figures.responder_curve import (
    Curve,
    Mark,
    PublishedShare,
    ResponderPicture,
    build_responder_curve_figure,
)
from l3s1.models.responders import Change, compute_responders, compute_threshold_for
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

ALL = "all"


class ResponderCurveState(FigureState):
    """Scale, levels and threshold; `free` asks for no complaint left instead of a threshold."""

    scale = traitlets.Enum([scale.id for scale in SCALES], SCALES[0].id)
    levels = traitlets.Enum([ALL, *(group.value for group in LEVEL_GROUP_LABEL)], ALL)
    threshold = traitlets.Float()
    free = traitlets.Bool(False)

    def __init__(self, content: Content, **state: Any) -> None:
        scale = BY_ID.get(state.get("scale", SCALES[0].id), SCALES[0])
        state.setdefault("threshold", _start(content, scale))
        super().__init__(content, **state)

    @traitlets.validate("threshold")
    def _valid_threshold(self, proposal: dict[str, Any]) -> float:
        asked = float(proposal["value"])
        if not 0 <= asked <= self.chosen.end:
            raise traitlets.TraitError(
                f"a threshold of {asked:g}: give 0 to {self.chosen.end:g} on this scale"
            )
        return asked

    @property
    def chosen(self) -> Scale:
        """The scale shown."""
        return BY_ID[self.scale]

    @property
    def claim(self) -> tuple[float, float]:
        """The share that the article claims, in percent."""
        value = self.content.facts[CLAIM_FACT].value("claim")
        if value.low is None or value.high is None:
            raise ValueError(f"fact {CLAIM_FACT!r} has no range")
        return value.low, value.high

    def choose_scale(self, scale: str) -> None:
        """Change the scale, and begin at its usual threshold, in one step."""
        with self.hold_trait_notifications():
            self.scale = scale
            self.free = False
            self.threshold = _start(self.content, BY_ID[scale])

    def presets(self) -> tuple[tuple[str, float], ...]:
        """Thresholds with a name: any change, the published ones, half of the score."""
        found = [("any change", 0.0)]
        found += [(mark.words.replace("<br>", ", "), mark.threshold) for mark in self.marks()]
        if self.chosen.unit == "%":
            found.append(("half of the score before", 50.0))
        return tuple(found)

    def curves(self) -> tuple[Curve, ...]:
        """The curves of the scale and the levels chosen."""
        curves: list[Curve] = []
        for name, value_name, arm, sign in self.chosen.changes:
            fact = self.content.facts[name]
            if self._shown(fact):
                change = _change_of(fact, fact.value(value_name), sign)
                letter = "ABCD"[len(curves)]
                levels = LEVEL_GROUP_LABEL[level_group(fact)]
                label = f"{paper_of(self.content, fact)}, {arm}, {levels}"
                curves.append(
                    Curve(name, letter, label, change, fact.evidence, is_extrapolated(fact))
                )
        return tuple(curves)

    def _shown(self, fact: Fact) -> bool:
        return self.levels in (ALL, level_group(fact).value)

    def published(self) -> tuple[tuple[Fact, Value, float | None], ...]:
        """The published shares of scale and levels, each with its threshold or None."""
        found = []
        for name, share, threshold in self.chosen.shares:
            fact = self.content.facts[name]
            at = fact.value(threshold).estimate if threshold else None
            if self._shown(fact):
                found.append((fact, fact.value(share), at))
        return tuple(found)

    def marks(self) -> tuple[Mark, ...]:
        """The published thresholds on this scale, in rising order."""
        chosen = self.chosen
        found = []
        for fact in self.content.facts.values():
            for value in fact.values:
                if (
                    fact.topic == MARK_TOPIC
                    and value.name in chosen.marks
                    and value.unit == chosen.unit
                    and value.estimate is not None
                ):
                    kind = MARK_KIND.get(fact.id, "smallest important change")
                    words = (
                        f"{say_number(value.estimate, value.unit)}: {kind}, "
                        f"{paper_of(self.content, fact)}"
                    )
                    found.append(Mark(fact.id, words, float(value.estimate)))
        return tuple(sorted(found, key=lambda mark: mark.threshold))

    def picture(self) -> ResponderPicture:
        """All that the chart shows."""
        curves = self.curves()
        shares = []
        for fact, value, at in self.published():
            share = share_of(value)
            shares.append(
                PublishedShare(
                    fact.id,
                    f"{paper_of(self.content, fact)}<br>{hover_of(fact, value)}",
                    at,
                    share.share,
                    share.low,
                    share.high,
                    fact.evidence,
                    value.name == "comparator" or fact.levels == (),
                )
            )
        return ResponderPicture(
            curves,
            tuple(shares),
            self.marks(),
            self.chosen.asked,
            self.chosen.end,
            None if self.free else self.threshold,
            self.claim,
            "" if curves else self._gap(),
        )

    def _gap(self) -> str:
        levels = "" if self.levels == ALL else f"<br>for {LEVEL_GROUP_LABEL[self._group()]}"
        return f"no evidence: no series prints<br>mean and deviation on this scale{levels}"

    def _group(self) -> Any:
        return next(group for group in LEVEL_GROUP_LABEL if group.value == self.levels)

    def figure(self) -> Spec:
        """Curves, published shares, thresholds and the claim."""
        return build_responder_curve_figure(self.picture())

    def asked(self) -> str:
        """The threshold in words."""
        if self.free:
            return "nothing left of the complaint"
        if self.threshold == 0:
            return "any change for the better"
        amount = say_number(round(self.threshold, 2), self.chosen.unit)
        return f"a gain of {amount} or more"

    def said(self) -> str:
        """Who reaches the threshold, and where the article's claim would hold."""
        curves, (low, high) = self.curves(), self.claim
        parts = [f"Asked for: {self.asked()}."]
        if not curves:
            parts.append(self._gap().replace("<br>", " ").capitalize() + ".")
        elif self.free:
            parts.append("No curve reaches that far; only published counts say how many.")
        else:
            shares = {
                curve.letter: 100 * compute_responders(curve.change, self.threshold).share
                for curve in curves
            }
            each = ", ".join(f"{letter} {share:.0f} %" for letter, share in shares.items())
            parts.append(f"It is reached by {each} (computed, normal distributions assumed).")
            inside = [letter for letter, share in shares.items() if low <= share <= high]
            parts.append(
                f"Inside the article’s {low:g} to {high:g} %: {', '.join(inside) or 'none'}."
            )
        counted = [
            f"{say_percent(value.estimate)} ({paper_of(self.content, fact)}, {value.label})"
            for fact, value, at in self.published()
            if value.estimate is not None
            and (at is None if self.free else at is not None and abs(at - self.threshold) < 1e-9)
        ]
        if counted:
            parts.append(f"Counted by authors at just this threshold: {'; '.join(counted)}.")
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Letters: computed from mean, deviation and n. Then published counts, thresholds "
            "and the claim. Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("series", "reach it", "95 % interval", "claim holds at")

    def readings(self) -> tuple[Reading, ...]:
        """Curves, published shares, marks and the claim."""
        rows = [
            *(self._curve_row(curve, index) for index, curve in enumerate(self.curves())),
            *(self._share_row(*each) for each in self.published()),
            *(
                self._row(mark.fact, f"threshold {mark.words}", ("", "", ""))
                for mark in self.marks()
            ),
        ]
        low, high = self.claim
        rows.append(
            self._row(
                CLAIM_FACT, "the article’s claim", (f"{low:g} to {high:g} %", "none given", "")
            )
        )
        rows.append(
            Reading(
                "",
                "three levels alone: no evidence. No series prints mean and deviation, so every "
                "curve is extrapolated or mixed",
                ("", "", ""),
            )
        )
        return tuple(rows)

    def _curve_row(self, curve: Curve, index: int) -> Reading:
        low, high = self.claim
        first = compute_threshold_for(curve.change, high / 100)
        last = compute_threshold_for(curve.change, low / 100)
        holds = "no gain" if last <= 0 else f"up to {last:.1f}"
        if first > 0:
            holds = f"{first:.1f} to {last:.1f}"
        share, interval = "no curve", ""
        if not self.free:
            found = compute_responders(curve.change, self.threshold)
            share = f"{100 * found.share:.0f} %"
            interval = f"{100 * found.low:.0f} to {100 * found.high:.0f} %"
        change = curve.change
        label = f"{curve.label}: {change.mean:g} ± {change.sd:g}, n = {change.n}"
        return self._row(
            curve.fact,
            label,
            (share, interval, holds),
            letter=curve.letter,
            colours=series_colours(index),
        )

    def _share_row(self, fact: Fact, value: Value, at: float | None) -> Reading:
        share = share_of(value)
        where = "none left" if at is None else f"counted at {say_number(at, self.chosen.unit)}"
        return self._row(
            fact.id,
            f"{label_of(self.content, fact, value)} ({where})",
            (say_percent(share.share), share.interval_words, ""),
        )

    def _row(self, name: str, label: str, cells: tuple[str, ...], **look: Any) -> Reading:
        fact = self.content.facts[name]
        people = fact.evidence is not Evidence.OPINION and fact.topic != MARK_TOPIC
        return Reading(
            name,
            label,
            cells,
            fact.evidence,
            extrapolated=people and is_extrapolated(fact),
            quoted=is_quoted(fact),
            **look,
        )


def _start(content: Content, scale: Scale) -> float:
    name, value = scale.start
    return estimate_of(content, name, value)


def _change_of(fact: Fact, value: Value, sign: int) -> Change:
    n = value.n or fact.n
    if value.estimate is None or value.low is None or n is None:
        raise ValueError(
            f"fact {fact.id!r}, value {value.name!r}: mean, deviation and n are needed"
        )
    return Change(sign * value.estimate, value.low, n)


class ResponderCurveActivity(FigureActivity):
    """The curve with a threshold to drag, presets, scale and levels to choose."""

    state: ResponderCurveState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ResponderCurveState(content or load_content(), **state)
        self.slider = ipywidgets.FloatSlider(
            min=0.0,
            max=shown.chosen.end,
            step=shown.chosen.end / 100,
            description="Threshold",
            readout=False,
            style={"description_width": "auto"},
            layout=shared_layout(flex="1 1 100%", max_width="100%", margin="0 0 0.25rem 0"),
        )
        self.preset = ipywidgets.Dropdown(
            description="or a named one",
            style={"description_width": "auto"},
            layout=control_layout(),
        )
        self.scales = ipywidgets.Dropdown(
            options=[(scale.label, scale.id) for scale in SCALES],
            value=shown.scale,
            description="Scale",
            style={"description_width": "auto"},
            layout=control_layout(),
        )
        levels = choice(shown, "levels", "Levels", level_options())
        self._busy = False
        super().__init__(shown, [self.slider, self.preset, self.scales, levels])
        self._fit_controls()
        self.scales.observe(self._rescaled, "value")
        self.slider.observe(self._dragged, "value")
        self.preset.observe(self._named, "value")
        shown.observe(lambda _: self._fit_controls(), ["scale", "threshold", "free"])

    def _rescaled(self, change: Any) -> None:
        if not self._busy:
            self.state.choose_scale(change["new"])

    def _dragged(self, change: Any) -> None:
        if not self._busy:
            with self.state.hold_trait_notifications():
                self.state.free = False
                self.state.threshold = change["new"]

    def _named(self, change: Any) -> None:
        if self._busy or change["new"] == OWN:
            return
        with self.state.hold_trait_notifications():
            self.state.free = change["new"] == FREE
            if not self.state.free:
                self.state.threshold = float(change["new"])

    def _fit_controls(self) -> None:
        """Let slider, presets and scale show the state, without moving it."""
        state, presets = self.state, self.state.presets()
        options = [("your own threshold", OWN), *((words, f"{at!r}") for words, at in presets)]
        options += [("nothing left of the complaint", FREE)]
        at = f"{state.threshold!r}"
        current = FREE if state.free else at if at in {key for _, key in options} else OWN
        self._busy = True
        try:
            self.scales.value = state.scale
            self.slider.max = state.chosen.end
            self.slider.step = state.chosen.end / 100
            self.slider.value = position(self.slider, state.threshold)
            if tuple(self.preset.options) != tuple(options):
                self.preset.options = options
            self.preset.value = current
        finally:
            self._busy = False


OWN = "own"
FREE = "free"


def level_options() -> list[tuple[str, str]]:
    """Words and values of the choice of levels."""
    return [("all", ALL), *((words, group.value) for group, words in LEVEL_GROUP_LABEL.items())]
