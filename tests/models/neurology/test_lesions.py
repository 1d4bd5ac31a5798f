"""Which roots a lesion hits: the published table, and what must hold at every level."""

from __future__ import annotations

from itertools import product

import pytest

from l3s1.models.neurology.lesions import (
    CAUSES,
    LEVELS,
    ROOTS,
    ZONES,
    Place,
    can_hit_cauda_equina,
    exiting_root,
    hit_root,
    list_hits,
    places_that_hit,
    roots_below,
    traversing_root,
)
from l3s1.vocabulary import LesionZone, MotionSegment, NerveRoot

PLACES = [Place(*each) for each in product(LEVELS, ZONES, CAUSES)]

PUBLISHED = {
    # root: level beside the midline, level far lateral (fact `root-level-table-berra`)
    NerveRoot.L3: (MotionSegment.L2_L3, MotionSegment.L3_L4),
    NerveRoot.L4: (MotionSegment.L3_L4, MotionSegment.L4_L5),
    NerveRoot.L5: (MotionSegment.L4_L5, MotionSegment.L5_S1),
    NerveRoot.S1: (MotionSegment.L5_S1, None),
}


@pytest.mark.parametrize("root", PUBLISHED)
def test_roots_and_levels_follow_the_published_table(root: NerveRoot) -> None:
    beside, far = PUBLISHED[root]
    assert hit_root(Place(beside, LesionZone.PARACENTRAL)) is root
    if far is not None:
        assert hit_root(Place(far, LesionZone.EXTRAFORAMINAL)) is root
        assert hit_root(Place(far, LesionZone.FORAMINAL)) is root
    found = {level for level, zone in places_that_hit(root) if zone is LesionZone.EXTRAFORAMINAL}
    assert found == ({far} if far else set())


@pytest.mark.parametrize("level", LEVELS)
def test_the_traversing_root_is_the_next_after_the_exiting_one(level: MotionSegment) -> None:
    upper, lower = exiting_root(level), traversing_root(level)
    assert ROOTS.index(lower) == ROOTS.index(upper) + 1
    assert roots_below(level) == ROOTS[ROOTS.index(lower) + 1 :]
    assert NerveRoot.S2_S4 in roots_below(level)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_lesion_hits_one_root_for_certain_or_many_perhaps(place: Place) -> None:
    hits = list_hits(place)
    central = place.zone is LesionZone.CENTRAL
    assert {hit.sides for hit in hits} == {"both" if central else "same"}
    assert {hit.certainty for hit in hits} == {"may" if central else "hits"}
    assert can_hit_cauda_equina(place) is central
    assert len({hit.root for hit in hits}) == len(hits)
    assert (hit_root(place) is None) is central
    if central:
        # the exiting root has left the sac: what is in the midline does not reach it
        assert exiting_root(place.level) not in {hit.root for hit in hits}
    else:
        assert len(hits) == 1


def test_places_and_roots_are_each_other_s_inverse() -> None:
    for root in ROOTS:
        for level, zone in places_that_hit(root):
            assert hit_root(Place(level, zone)) is root
    assert not places_that_hit(NerveRoot.S2_S4)
