"""Which studies compared which grafts, and which pairs nobody has compared."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.graft_chooser import ALL, bed_options
from l3s1.activities.outcome_facts import paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, GraftTrial, load_content
from l3s1.figures.graft_network import NetworkNode, NetworkStudy, build_graft_network_figure
from l3s1.vocabulary import Evidence, Graft, GraftBed

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

Pair = frozenset[Graft]

RING = (
    Graft.CERAMIC,
    Graft.BIOACTIVE_GLASS,
    Graft.LOCAL_BONE,
    Graft.PEPTIDE,
    Graft.GROWTH_FACTOR,
    Graft.PLATELETS,
    Graft.BONE_MATRIX,
    Graft.MARROW,
    Graft.ALLOGRAFT,
    Graft.OWN_BONE,
    Graft.CREST,
    Graft.CELLULAR_MATRIX,
)
"""The order round the ring: one in which no mark hides another, on a phone or a desk."""

_ONE_THING = (
    frozenset((Graft.OWN_BONE, Graft.CREST)),
    frozenset((Graft.OWN_BONE, Graft.LOCAL_BONE)),
)
"""Own bone whose source is not told is crest or local bone: no pair to compare."""

DESIGNS = {"trials": "randomised trials alone", ALL: "trials and cohorts"}


class GraftNetworkState(FigureState):
    """Around which graft, in which bed, and whether studies without a draw count."""

    graft = traitlets.Enum([ALL, *(each.value for each in Graft)], ALL)
    bed = traitlets.Enum([ALL, *(each.value for each in GraftBed)], ALL)
    design = traitlets.Enum(list(DESIGNS), ALL)

    def studies(self) -> tuple[GraftTrial, ...]:
        """The studies of the choices, by pair: first the pairs with most of them."""
        shown = [each for each in self.content.graft_trials.values() if self._is_shown(each)]
        count = {each.pair: sum(other.pair == each.pair for other in shown) for each in shown}
        order = {pair: index for index, pair in enumerate(count)}
        return tuple(sorted(shown, key=lambda each: (-count[each.pair], order[each.pair])))

    def _is_shown(self, study: GraftTrial) -> bool:
        return (
            (self.graft == ALL or Graft(self.graft) in study.pair)
            and (self.bed == ALL or GraftBed(self.bed) in study.beds)
            and (self.design == ALL or self._evidence(study) is Evidence.TRIAL)
        )

    def _evidence(self, study: GraftTrial) -> Evidence:
        return self.content.facts[study.fact].evidence

    def pairs(self) -> tuple[Pair, ...]:
        """Every pair of grafts that could be compared: with the chosen graft, or at all."""
        every = (frozenset(pair) for pair in combinations(self._grafts, 2))
        return tuple(
            pair
            for pair in every
            if pair not in _ONE_THING and (self.graft == ALL or Graft(self.graft) in pair)
        )

    def missing(self) -> tuple[Pair, ...]:
        """The pairs of which no study of the choices is known to the course."""
        compared = {study.pair for study in self.studies()}
        return tuple(pair for pair in self.pairs() if pair not in compared)

    @property
    def _grafts(self) -> tuple[Graft, ...]:
        return tuple(each.id for each in self.content.grafts.values())

    def _label(self, graft: Graft) -> str:
        return self.content.grafts[graft.value].label

    def figure(self) -> Spec:
        """The ring; around one graft the missing comparisons are drawn too."""
        studies = self.studies()
        compared = {graft for study in studies for graft in study.pair}
        nodes = [
            NetworkNode(each.value, self.content.grafts[each.value].short, each in compared)
            for each in RING
        ]
        gaps = [] if self.graft == ALL else [self._ends(pair) for pair in self.missing()]
        return build_graft_network_figure(nodes, [self._drawn(each) for each in studies], gaps)

    def _ends(self, pair: Pair) -> tuple[str, str]:
        one, other = (graft.value for graft in self._grafts if graft in pair)
        return one, other

    def _drawn(self, study: GraftTrial) -> NetworkStudy:
        fact = self.content.facts[study.fact]
        words = (
            f"{paper_of(self.content, fact)}: {study.arms}<br>"
            f"{fact.design.value.replace('_', ' ')}, n = {self._n(study)}"
        )
        one, other = self._ends(study.pair)
        return NetworkStudy(fact.id, one, other, self._n(study), words, fact.evidence)

    def _n(self, study: GraftTrial) -> str:
        n = self.content.facts[study.fact].n
        if n is None:
            raise ValueError(f"fact {study.fact!r} has no n")
        return say_number(n, "count")

    def said(self) -> str:
        """How many studies of how many pairs, and what that leaves open."""
        studies, pairs, missing = self.studies(), self.pairs(), self.missing()
        draws = sum(self._evidence(each) is Evidence.TRIAL for each in studies)
        of = "" if self.graft == ALL else f" with {self._label(Graft(self.graft))}"
        if not studies:
            first = f"No study{of} was found by these choices."
        else:
            first = (
                f"{len(studies)} studies, {draws} of them randomised, compare "
                f"{len(pairs) - len(missing)} of {len(pairs)} pairs{of}."
            )
        return (
            f"{first} Pairs without a study: {len(missing)}. A network fills such gaps by way of "
            "other grafts. These are the studies that the course has read, not all there are; it "
            "pools and ranks none."
        )

    def caption(self) -> str:
        """What the rows are."""
        return (
            "A square is a study, with its n: filled if randomised, paler if not. The thicker the "
            "line, the more studies. A hollow ring is a graft without one here. Choose a row for "
            "its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("comparison", "n", "bed", "arms")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each study, and one for each graft that says with what it was not compared."""
        rows = [self._row(study) for study in self.studies()]
        missing = self.missing()
        for graft in self._grafts:
            others = [
                self._label(other)
                for pair in missing
                if graft in pair
                for other in self._grafts
                if other in pair and other is not graft
            ]
            if others and self.graft in (ALL, graft.value):
                label = f"{self._label(graft)}: no comparison found with {'; '.join(others)}"
                rows.append(Reading("", label, ("", "", "")))
        return tuple(rows)

    def _row(self, study: GraftTrial) -> Reading:
        fact = self.content.facts[study.fact]
        beds = study.beds[0].value if len(study.beds) == 1 else "both beds"
        label = (
            f"{self._label(study.one)} against {self._label(study.other)}: "
            f"{paper_of(self.content, fact)}"
        )
        return Reading(fact.id, label, (self._n(study), beds, study.arms), fact.evidence)


class GraftNetworkActivity(FigureActivity):
    """The network, with graft, bed and design to choose."""

    state: GraftNetworkState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = GraftNetworkState(content or load_content(), **state)
        grafts = [(each.label, name) for name, each in shown.content.grafts.items()]
        super().__init__(
            shown,
            [
                choice(shown, "graft", "Around", [("all grafts", ALL), *grafts]),
                choice(shown, "bed", "Bed", bed_options()),
                choice(
                    shown, "design", "Studies", [(words, name) for name, words in DESIGNS.items()]
                ),
            ],
        )
