"""The generated sacrum is closed, symmetric, has its holes, and faces its neighbours rightly."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from build_bones import BONES, meshed, numbers_of
from l3s1.models.bones.meshing import Mesh, edge_report, settings_from
from l3s1.models.bones.patches import centroids, normals
from l3s1.models.bones.regions import regions_of_sacrum
from l3s1.models.bones.sacrum import AWAY, FAR, Sacrum, Surface, nearby, sacrum_from
from l3s1.models.bones.sdf import SweptPart

NUMBERS = numbers_of(BONES / "sacrum.yaml")
SETTINGS = settings_from(numbers_of(BONES / "mesh_sacrum.yaml"))

HOLES = 1 + 2 * (3 + 3 + 1)
"""The canal; on each side three ventral and three dorsal foramina, and a fourth right through."""


@pytest.fixture(scope="module")
def bone() -> Sacrum:
    return sacrum_from(NUMBERS)


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return meshed("sacrum")


def along(part: SweptPart, low: float, high: float) -> np.ndarray:
    """Points on a part's centre-line between two shares of its knots, the first knot being 0."""
    points, _, _, _ = part.sampled()
    rows = np.linspace(low, high, 30) * (len(points) - 1)
    result: np.ndarray = points[rows.astype(int)]
    return result


def test_it_is_closed_with_the_holes_of_its_canal_and_foramina(mesh: Mesh) -> None:
    assert edge_report(mesh) == (True, HOLES)
    assert SETTINGS.triangles is not None
    assert 0.9 < len(mesh.triangles) / SETTINGS.triangles < 1.1


def test_it_is_symmetric_outward_and_repeatable(mesh: Mesh) -> None:
    here = {tuple(v) for v in mesh.vertices}
    assert here == {(-x + 0.0, y, z) for x, y, z in here}
    normal, area = normals(mesh)
    assert ((centroids(mesh) * normal).sum(1) * area).sum() > 0.0
    again = meshed("sacrum")
    assert np.array_equal(again.vertices, mesh.vertices)
    assert np.array_equal(again.triangles, mesh.triangles)


def test_the_box_cuts_nothing_off(mesh: Mesh) -> None:
    assert (mesh.vertices > SETTINGS.low - [SETTINGS.high[0], 0.0, 0.0]).all()
    assert (mesh.vertices < SETTINGS.high - SETTINGS.spacing).all()


def test_the_mesh_lies_on_the_field(bone: Sacrum, mesh: Mesh) -> None:
    apart = np.abs(bone.distance(mesh.vertices))
    assert apart.mean() < 0.15
    assert np.quantile(apart, 0.99) < 0.8


def test_the_origin_is_the_middle_of_the_end_plate(bone: Sacrum) -> None:
    assert abs(bone.distance(np.zeros((1, 3)))[0]) < 0.7
    plate = np.array([[x, y, 0.0] for x in (-15.0, 0.0, 15.0) for y in (-10.0, 0.0, 10.0)])
    assert np.abs(bone.distance(plate)).max() < 3.0
    up = np.array([0.0, 0.0, 4.0])
    assert (bone.distance(plate + up) > 0.0).all()
    assert (bone.distance(plate - up) < 0.0).all()


def test_the_promontory_stands_out_in_front(mesh: Mesh) -> None:
    middle = mesh.vertices[(np.abs(mesh.vertices[:, 0]) < 2.0) & (mesh.vertices[:, 2] > -80.0)]
    promontory = middle[np.argmin(middle[:, 1])]
    assert -8.0 < promontory[2] < 0.0
    assert promontory[1] < -13.0


def test_the_canal_is_open_from_the_top_to_the_hiatus(bone: Sacrum) -> None:
    canal = bone.part("canal")
    assert (bone.distance(along(canal, 0.0, 1.0)) > 1.5).all()
    # at the top it is as wide as a dural sac with its roots
    assert (bone.distance(np.array([[0.0, 22.0, -5.0], [10.0, 22.0, -5.0]])) > 1.0).all()
    # before and behind it lies bone, down to the hiatus
    below = along(canal, 0.25, 0.7)
    s, h = bone.sheet.coordinates(below)
    assert (bone.sheet.middle(np.zeros(30), s) < h).all()
    behind = below + np.array([0.0, 1.0, 0.35]) / np.hypot(1.0, 0.35) * 7.0
    assert (bone.distance(behind) < 0.0).mean() > 0.8


@pytest.mark.parametrize("order", ["first", "second", "third"])
@pytest.mark.parametrize("side", ["ventral", "dorsal"])
def test_roots_can_leave_through_each_foramen(bone: Sacrum, order: str, side: str) -> None:
    foramen = bone.part(f"{order}_{side}_foramen")
    points = along(foramen, 0.0, 1.0)
    assert (bone.distance(points) > 1.2).all()
    # it begins in the canal or in the foramen beside it, and ends outside the slab
    x, (s, h) = np.abs(points[:, 0]), bone.sheet.coordinates(points)
    slab = bone.sheet.distance_at(x, s, h)
    assert slab[0] < 0.0 < slab[-1]
    assert np.sign(h[-1] - bone.sheet.middle(x, s)[-1]) == (1.0 if side == "dorsal" else -1.0)


def test_its_articular_processes_face_back_and_inward(bone: Sacrum, mesh: Mesh) -> None:
    sorted_mesh, regions = regions_of_sacrum(bone, mesh)
    (region,) = [r for r in regions if r.structure == "sacrum.superior_articular_process.left"]
    rows = slice(region.start, region.start + region.count)
    normal, area = (values[rows] for values in normals(sorted_mesh))
    inward_back = np.array([-1.0, 1.0, 0.0]) / np.sqrt(2.0)
    facet = normal @ inward_back > np.cos(np.radians(35.0))
    assert area[facet].sum() > 100.0
    middle = np.average(centroids(sorted_mesh)[rows][facet], axis=0, weights=area[facet])
    assert 14.0 < middle[0] < 32.0
    assert middle[1] > 20.0
    # no other way do as many look that are not its back or its top
    opposite = normal @ inward_back < -np.cos(np.radians(35.0))
    assert area[facet].sum() > 1.5 * area[opposite].sum()


def test_a_part_is_read_only_near_it(bone: Sacrum) -> None:
    part = bone.part("first_crest_tubercle")
    beside = part.line[1] + np.array([[0.0, 0.0, 0.0], [5.0, 0.0, 0.0]])
    far = part.line[1] + np.array([[FAR + 40.0, 0.0, 0.0]])
    assert np.array_equal(nearby(part, beside), part.distance(beside))
    assert nearby(part, far)[0] == AWAY
    with pytest.raises(KeyError):
        bone.part("femur")


def test_a_surface_goes_through_its_knots_and_knows_its_slopes() -> None:
    first, second = np.array([0.0, 4.0, 9.0, 12.0]), np.array([0.0, 3.0, 7.0])
    values = np.array([[1.0, 2.0, 0.0], [2.0, 5.0, 1.0], [0.0, 1.0, 3.0], [1.0, 1.0, 1.0]])
    surface = Surface(first, second, values)
    a, b = (grid.ravel() for grid in np.meshgrid(first, second, indexing="ij"))
    assert np.allclose(surface.at(a, b)[0], values.ravel())
    a, b, step = np.array([1.0, 6.0]), np.array([2.0, 5.0]), 1e-6
    _, slope_a, slope_b = surface.at(a, b)
    ahead, beside = surface.at(a + step, b)[0], surface.at(a, b + step)[0]
    assert np.allclose((ahead - surface.at(a, b)[0]) / step, slope_a, atol=1e-4)
    assert np.allclose((beside - surface.at(a, b)[0]) / step, slope_b, atol=1e-4)
    # level across the mirror plane, and beyond its knots as at the nearest edge
    assert surface.at(np.array([5.0]), np.array([0.0]))[2][0] == pytest.approx(0.0)
    height, slope_a, slope_b = surface.at(np.array([20.0]), np.array([9.0]))
    assert height[0] == pytest.approx(1.0)
    assert (slope_a[0], slope_b[0]) == (0.0, 0.0)


def test_the_sheet_tells_along_from_across(bone: Sacrum) -> None:
    sheet = bone.sheet
    at = np.linspace(5.0, sheet.curve.x[-1] - 5.0, 40)
    on = np.c_[np.zeros(40), sheet.curve(at)]
    s, h = sheet.coordinates(on)
    assert np.allclose(s, at, atol=0.05)
    assert np.abs(h).max() < 1e-3
    tangent = sheet.curve(at, 1)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    dorsal = np.c_[np.zeros(40), -tangent[:, 1], tangent[:, 0]]
    s, h = sheet.coordinates(on + 12.0 * dorsal)
    assert np.allclose(s, at, atol=0.05)
    assert np.allclose(h, 12.0, atol=0.01)
    # above its first knot it goes on straight
    above = np.c_[[0.0], sheet.curve([0.0]) - sheet.curve([0.0], 1) * 8.0]
    s, h = sheet.coordinates(above)
    assert s[0] == pytest.approx(-8.0 * np.linalg.norm(sheet.curve(0.0, 1)), abs=0.01)
    assert abs(h[0]) < 1e-6


def test_file_says_whence_it_is() -> None:
    assert NUMBERS["bone"] == "sacrum"
    assert NUMBERS["unit"] == "mm"
    assert set(NUMBERS["provenance"]) == {"how", "reference", "licence", "by_hand", "mesh_included"}
    assert NUMBERS["provenance"]["mesh_included"] is False


def test_a_wrong_entry_is_named() -> None:
    missing = copy.deepcopy(NUMBERS)
    del missing["sheet"]["edge"]
    with pytest.raises(ValueError, match=r"sheet: edge is missing"):
        sacrum_from(missing)
    short = copy.deepcopy(NUMBERS)
    short["sheet"]["dorsal"][0].pop()
    with pytest.raises(ValueError, match=r"sheet\.dorsal: give numbers of shape \(11, 8\)"):
        sacrum_from(short)
    without = copy.deepcopy(NUMBERS)
    del without["holes"]
    with pytest.raises(ValueError, match=r"sacrum: holes is missing"):
        sacrum_from(without)
