"""Implants and graft: in the bone, in the rods' way, closed, and as shipped."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from build_bones import numbers_of
from build_construct import NUMBERS, construct_digests
from l3s1.content import construct_names, construct_pack_path
from l3s1.models.anatomy.column import surface_of
from l3s1.models.anatomy.pack import pack_anatomy, unpack_anatomy
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.construct.bed import bed_chips, beds_of
from l3s1.models.construct.numbers import LEVELS, ConstructNumbers, construct_numbers_from
from l3s1.models.construct.rods import rod_line, room_to, seats_of
from l3s1.models.construct.screws import Screw, bone_of, clearance, place_screws
from l3s1.models.construct.whole import build_construct
from l3s1.vocabulary import Side

LEAST_WALL = 0.5
"""mm of bone that must be left around a screw in its pedicle."""


@pytest.fixture(scope="module")
def numbers() -> ConstructNumbers:
    """The numbers of the shipped construct."""
    return construct_numbers_from(numbers_of(NUMBERS))


@pytest.fixture(scope="module")
def screws(skeleton: Skeleton, numbers: ConstructNumbers) -> dict[str, Screw]:
    """All screws by name."""
    return place_screws(skeleton, numbers.screws)


def test_screws_keep_bone_around_them_in_the_pedicle(
    skeleton: Skeleton, screws: dict[str, Screw]
) -> None:
    assert len(screws) == 2 * len(LEVELS)
    for screw in screws.values():
        assert clearance(screw, skeleton.bones[bone_of(screw.level)]).min() > LEAST_WALL, screw.name


def test_screws_stay_within_the_mesh_to_their_tips(
    skeleton: Skeleton, screws: dict[str, Screw]
) -> None:
    for screw in screws.values():
        bone = skeleton.bones[bone_of(screw.level)]
        within = screw.at(np.linspace(3.0, screw.size.length, 40))
        own = bone.poses["standing"].inverse()(within)
        assert (surface_of(bone.mesh).distance(own) < -1.0).all(), screw.name


def test_a_screw_that_is_too_thick_breaks_out(
    skeleton: Skeleton, screws: dict[str, Screw], numbers: ConstructNumbers
) -> None:
    screw = screws["L5.pedicle_screw.left"]
    thick = type(numbers.screws.sizes["L5"])(screw.size.diameter + 6.0, screw.size.length)
    broken = Screw(
        screw.level, screw.side, thick, screw.isthmus, screw.entry, screw.axis, screw.seat
    )
    assert clearance(broken, skeleton.bones["L5"]).min() < 0.0


def test_rods_run_through_the_heads_clear_of_bone(
    skeleton: Skeleton, screws: dict[str, Screw], numbers: ConstructNumbers
) -> None:
    for side in Side:
        line = rod_line(seats_of(screws, side), numbers.rod.beyond)
        assert room_to(line, seats_of(screws, side)).max() < 0.5
        assert skeleton.distance(line).min() > numbers.rod.radius


def test_chips_lie_in_neither_rod_nor_each_other(
    skeleton: Skeleton, screws: dict[str, Screw], numbers: ConstructNumbers
) -> None:
    lines = [rod_line(seats_of(screws, side), numbers.rod.beyond) for side in Side]
    for bed in beds_of(skeleton, screws, numbers.bed):
        mesh, vanish = bed_chips(bed, skeleton, lines, numbers)
        middles = (mesh.vertices + vanish).reshape(-1, 12, 3).mean(axis=1)
        assert len(middles) > numbers.chips.count // 2, bed.segment
        apart = np.linalg.norm(middles[:, None] - middles[None], axis=2)
        assert (apart + 99.0 * np.eye(len(apart))).min() > numbers.chips.half_axes[0]
        assert min(room_to(line, middles).min() for line in lines) > numbers.rod.radius


def test_the_shipped_pack_is_what_the_numbers_give(
    skeleton: Skeleton, numbers: ConstructNumbers
) -> None:
    pack = build_construct(skeleton, numbers)
    shipped = unpack_anatomy(construct_pack_path().read_bytes())
    assert pack_anatomy(pack) == pack_anatomy(build_construct(skeleton, numbers))
    assert [part.name for part in shipped.parts] == [part.name for part in pack.parts]
    for built, part in zip(pack.parts, shipped.parts, strict=True):
        assert np.array_equal(part.mesh.triangles, built.mesh.triangles), part.name
        assert np.abs(part.mesh.vertices - built.mesh.vertices).max() < 0.03, part.name


def test_the_record_names_the_present_numbers() -> None:
    record = yaml.safe_load(construct_pack_path().with_suffix(".yaml").read_text(encoding="utf-8"))
    assert record["numbers"] == construct_digests(), "run make bones"


def test_the_shipped_pack_is_small_closed_and_named_as_content_says() -> None:
    data = construct_pack_path().read_bytes()
    parts = unpack_anatomy(data).parts
    assert len(data) <= 120_000
    assert sum(len(part.mesh.triangles) for part in parts) <= 30_000
    assert sorted(part.name for part in parts) == sorted(construct_names())
    for part in parts:
        edges = np.sort(part.mesh.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
        _, counts = np.unique(edges, axis=0, return_counts=True)
        assert (counts == 2).all(), part.name


def test_numbers_that_lack_an_entry_say_which() -> None:
    given = numbers_of(NUMBERS)
    del given["rod"]["diameter"]
    with pytest.raises(ValueError, match="diameter"):
        construct_numbers_from(given)
