"""The grid of properties and the network of comparisons, as figures."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from l3s1.figures.graft_network import NetworkNode, NetworkStudy, build_graft_network_figure
from l3s1.figures.graft_properties import PropertyMark, PropertyRow, build_graft_properties_figure
from l3s1.vocabulary import Bearing, Evidence, GraftProperty

MISSING, ONE, TWO, MORE, GRAFTS, STUDIES = range(6)
NODES = tuple(NetworkNode(name, name, name != "d") for name in "abcd")


def _study(one: str, other: str, number: int, evidence: Evidence = Evidence.TRIAL) -> NetworkStudy:
    return NetworkStudy(f"fact-{number}", one, other, str(number), f"words {number}", evidence)


def test_a_line_is_as_thick_as_it_has_studies() -> None:
    studies = [_study("a", "b", n) for n in range(4)] + [_study("a", "c", n) for n in (5, 6)]
    figure = build_graft_network_figure(NODES, [*studies, _study("b", "c", 9)])
    go.Figure(figure)
    widths = [figure["data"][trace]["line"]["width"] for trace in (ONE, TWO, MORE)]
    assert widths == sorted(set(widths))
    for trace, ends in ((MORE, "ab"), (TWO, "ac"), (ONE, "bc")):
        nodes = figure["data"][GRAFTS]
        places = {n: (x, y) for n, x, y in zip("abcd", nodes["x"], nodes["y"], strict=True)}
        drawn = figure["data"][trace]
        assert list(zip(drawn["x"], drawn["y"], strict=True))[:2] == [places[n] for n in ends]
        assert len(drawn["x"]) == 3, "one pair each"


def test_each_study_has_its_mark_on_its_line_and_apart_from_all_others() -> None:
    studies = [_study("a", "c", 1), _study("b", "d", 2), *(_study("a", "b", n) for n in (3, 4))]
    marks = build_graft_network_figure(NODES, studies)["data"][STUDIES]
    assert set(marks["customdata"]) == {study.fact for study in studies}
    places = list(zip(marks["x"], marks["y"], strict=True))
    nearest = min(math.dist(p, q) for i, p in enumerate(places) for q in places[i + 1 :])
    assert nearest > 0.1, "a to c and b to d cross in the middle"


def test_a_graft_without_a_study_is_hollow_and_a_gap_is_dotted() -> None:
    data = build_graft_network_figure(NODES, [_study("a", "b", 1)], [("a", "d")])["data"]
    colours = data[GRAFTS]["marker"]["color"]
    assert colours[3] not in colours[:3]
    assert data[MISSING]["line"]["dash"] not in ("", "solid")
    assert len(data[MISSING]["x"]) == 3


def test_a_study_without_a_draw_is_paler() -> None:
    studies = [_study("a", "b", 1), _study("a", "c", 2, Evidence.COHORT)]
    marks = build_graft_network_figure(NODES, studies)["data"][STUDIES]
    fills = dict(zip(marks["customdata"], marks["marker"]["color"], strict=True))
    assert fills["fact-1"] != fills["fact-2"]


def test_each_bearing_has_its_own_sign_and_convention_is_pale() -> None:
    marks = [
        PropertyMark(GraftProperty.OSTEOGENIC, bearing, "a-fact", "words", bearing is Bearing.NO)
        for bearing in Bearing
    ]
    figure = build_graft_properties_figure([PropertyRow("a graft", tuple(marks))])
    go.Figure(figure)
    drawn = figure["data"][2]
    assert len(set(drawn["marker"]["symbol"])) == len(Bearing)
    assert len(set(drawn["text"])) == len(Bearing)
    pale = [mark.unsourced for mark in marks].index(True)
    others = [colour for i, colour in enumerate(drawn["marker"]["color"]) if i != pale]
    assert drawn["marker"]["color"][pale] not in others
