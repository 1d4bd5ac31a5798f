"""What an ALIF of L5–S1 adds: within the disc, in the screws' heads, closed, and as shipped."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from build_bones import numbers_of
from build_construct import ANTERIOR, NUMBERS, construct_digests
from l3s1.content import anterior_names, anterior_pack_path, load_content
from l3s1.models.anatomy.pack import Pack, unpack_anatomy
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.construct.anterior import build_anterior
from l3s1.models.construct.interbody import disc_space
from l3s1.models.construct.numbers import construct_numbers_from
from l3s1.models.construct.rods import nearest_of, seats_of
from l3s1.models.construct.screws import place_screws
from l3s1.vocabulary import Side


@pytest.fixture(scope="module")
def built(skeleton: Skeleton) -> Pack:
    """The pack as its numbers give it."""
    numbers = construct_numbers_from(numbers_of(NUMBERS))
    return build_anterior(skeleton, numbers, numbers_of(ANTERIOR))


def test_the_cage_is_as_wide_and_deep_as_its_convention_says_and_lies_within_the_disc(
    skeleton: Skeleton, built: Pack
) -> None:
    space = disc_space(skeleton, "L5-S1")
    (cage,) = (part for part in built.parts if part.name == "L5-S1.anterior_cage")
    points = space.frame.inverse()(cage.mesh.vertices)
    spans = np.ptp(points, axis=0)
    known = load_content().facts["cage-footprints-convention"]
    for span, name in zip(spans, ("anterior_width", "anterior_depth"), strict=False):
        value = known.value(name)
        assert value.low is not None
        assert value.high is not None
        assert value.low <= span <= value.high, name
    assert points[:, 1].min() > space.front
    assert points[:, 1].max() < space.front + space.depth


def test_short_rods_lie_in_the_heads_of_l5_and_s1_only(skeleton: Skeleton, built: Pack) -> None:
    screws = place_screws(skeleton, construct_numbers_from(numbers_of(NUMBERS)).screws)
    for side in Side:
        (rod,) = (part for part in built.parts if part.name == f"short_rod.{side}")
        seats = seats_of(screws, side)
        centres = rod.mesh.vertices[: len(rod.mesh.vertices) // 12 * 12].reshape(-1, 12, 3)
        line = centres.mean(axis=1)
        assert nearest_of([line], seats[-2:]).max() < 1.0
        assert nearest_of([line], seats[:2]).min() > 10.0


def test_the_shipped_pack_is_small_closed_and_what_the_numbers_give(built: Pack) -> None:
    data = anterior_pack_path().read_bytes()
    shipped = unpack_anatomy(data).parts
    assert len(data) <= 20_000
    assert sorted(part.name for part in shipped) == sorted(anterior_names())
    for made, part in zip(built.parts, shipped, strict=True):
        assert np.abs(part.mesh.vertices - made.mesh.vertices).max() < 0.03, part.name
        edges = np.sort(part.mesh.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
        _, counts = np.unique(edges, axis=0, return_counts=True)
        assert (counts == 2).all(), part.name


def test_the_record_names_the_present_numbers() -> None:
    record = yaml.safe_load(anterior_pack_path().with_suffix(".yaml").read_text(encoding="utf-8"))
    assert record["numbers"] == construct_digests(NUMBERS, ANTERIOR), "run make bones"


def test_a_missing_number_is_named(skeleton: Skeleton) -> None:
    numbers = numbers_of(ANTERIOR)
    del numbers["cage"]["wall"]
    with pytest.raises(ValueError, match="wall"):
        build_anterior(skeleton, construct_numbers_from(numbers_of(NUMBERS)), numbers)
