"""Every triangle of a generated bone belongs to one named region, and regions are clean."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from build_bones import BONES, meshed, numbers_of
from l3s1.models.anatomy.part import Region
from l3s1.models.bones.lumbar import vertebra_from
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.patches import (
    along_edges,
    centroids,
    cleaned,
    corners_shared,
    divided,
    normals,
)
from l3s1.models.bones.regions import (
    LUMBAR_KINDS,
    SACRAL_KINDS,
    regions_of_lumbar,
    regions_of_sacrum,
)
from l3s1.models.bones.sacrum import sacrum_from

Divided = tuple[Mesh, tuple[Region, ...]]


@pytest.fixture(scope="module")
def lumbar() -> Divided:
    vertebra = vertebra_from(numbers_of(BONES / "L4.yaml"))
    return regions_of_lumbar("L4", vertebra, meshed("L4"))


@pytest.fixture(scope="module")
def sacrum() -> Divided:
    return regions_of_sacrum(sacrum_from(numbers_of(BONES / "sacrum.yaml")), meshed("sacrum"))


def triangles(bone: Divided, structure: str) -> slice:
    (region,) = [r for r in bone[1] if r.structure == structure]
    return slice(region.start, region.start + region.count)


def middle(bone: Divided, structure: str) -> np.ndarray:
    """The area's middle (3,) mm of a region."""
    rows = triangles(bone, structure)
    result: np.ndarray = np.average(
        centroids(bone[0])[rows], axis=0, weights=normals(bone[0])[1][rows]
    )
    return result


def facing(bone: Divided, structure: str) -> np.ndarray:
    """Where a region faces on average, as a unit vector (3,)."""
    rows = triangles(bone, structure)
    normal, area = normals(bone[0])
    total = (normal[rows] * area[rows, None]).sum(0)
    result: np.ndarray = total / np.linalg.norm(total)
    return result


@pytest.mark.parametrize("name", ["lumbar", "sacrum"])
def test_regions_cover_the_mesh_in_a_row(name: str, request: pytest.FixtureRequest) -> None:
    mesh, regions = request.getfixturevalue(name)
    kinds, bone = (LUMBAR_KINDS, "L4") if name == "lumbar" else (SACRAL_KINDS, "sacrum")
    wanted = {
        f"{bone}.{kind}{side}"
        for kind, paired in kinds
        for side in ((".left", ".right") if paired else ("",))
    }
    assert {region.structure for region in regions} == wanted
    assert len(regions) == len(wanted)
    ends = [0, *(region.start + region.count for region in regions)]
    assert [region.start for region in regions] == ends[:-1]
    assert ends[-1] == len(mesh.triangles)


@pytest.mark.parametrize("name", ["lumbar", "sacrum"])
def test_left_is_the_mirror_image_of_right(name: str, request: pytest.FixtureRequest) -> None:
    bone = request.getfixturevalue(name)
    for region in bone[1]:
        if region.structure.endswith(".left"):
            left = middle(bone, region.structure)
            right = middle(bone, region.structure.replace(".left", ".right"))
            assert left[0] > 0.0
            assert np.allclose(left * [-1.0, 1.0, 1.0], right, atol=1e-6)
        elif not region.structure.endswith(".right"):
            assert abs(middle(bone, region.structure)[0]) < 1e-6


@pytest.mark.parametrize("name", ["lumbar", "sacrum"])
def test_regions_have_no_islands(name: str, request: pytest.FixtureRequest) -> None:
    mesh, regions = request.getfixturevalue(name)
    edges = along_edges(corners_shared(mesh))
    _, area = normals(mesh)
    for region in regions:
        rows = slice(region.start, region.start + region.count)
        count, piece = connected_components(csr_matrix(edges[rows, rows]), directed=False)
        sizes = np.bincount(piece, area[rows])
        assert count <= 2, region.structure
        assert sizes.min() >= 0.25 * sizes.max(), region.structure


def test_a_vertebra_has_its_regions_where_they_belong(lumbar: Divided) -> None:
    assert facing(lumbar, "L4.superior_end_plate")[2] > 0.98
    assert facing(lumbar, "L4.inferior_end_plate")[2] < -0.98
    down = ["superior_articular_process", "pars_interarticularis", "inferior_articular_process"]
    heights = [middle(lumbar, f"L4.{kind}.left")[2] for kind in down]
    assert all(upper > lower + 5.0 for upper, lower in pairwise(heights))
    outward = ["lamina", "pedicle", "transverse_process"]
    widths = [middle(lumbar, f"L4.{kind}.left")[0] for kind in outward]
    assert all(inner < outer - 3.0 for inner, outer in pairwise(widths))
    back = ["vertebral_body", "pedicle.left", "lamina.left", "spinous_process"]
    depths = [middle(lumbar, f"L4.{kind}")[1] for kind in back]
    assert all(front < rear - 5.0 for front, rear in pairwise(depths))


def test_a_sacrum_has_its_regions_where_they_belong(sacrum: Divided) -> None:
    assert facing(sacrum, "sacrum.end_plate")[2] > 0.98
    assert np.abs(middle(sacrum, "sacrum.end_plate")).max() < 2.0
    assert facing(sacrum, "sacrum.ala.left")[2] > 0.3
    assert facing(sacrum, "sacrum.lateral_part.left")[0] > 0.5
    assert facing(sacrum, "sacrum.median_crest")[1] > 0.7
    assert middle(sacrum, "sacrum.ala.left")[2] > middle(sacrum, "sacrum.lateral_part.left")[2]
    assert middle(sacrum, "sacrum.dorsal_wall")[1] > middle(sacrum, "sacrum.body")[1] + 5.0
    assert middle(sacrum, "sacrum.median_crest")[1] > middle(sacrum, "sacrum.dorsal_wall")[1] + 5.0


def strip(squares: int) -> Mesh:
    """A flat strip of `squares` squares of two triangles, both sides, closed."""
    x = np.arange(squares + 1.0) - squares / 2.0
    vertices = np.c_[np.tile(x, 2), np.repeat([0.0, 1.0], squares + 1), np.zeros(2 * squares + 2)]
    a = np.arange(squares)
    b, c, d = a + 1, a + squares + 2, a + squares + 1
    faces = np.r_[np.c_[a, b, c], np.c_[a, c, d]]
    return Mesh(vertices, faces.astype(np.int32))


def test_cleaning_takes_islands_away_and_leaves_borders() -> None:
    mesh = strip(20)
    right = (centroids(mesh)[:, 0] > 0.0).astype(np.intp)
    speckled = right.copy()
    speckled[[3, 14]] = 1 - speckled[[3, 14]]
    assert np.array_equal(cleaned(mesh, speckled, 2), right)
    # three squares hold out against those around them, but are an island beside the rest
    mesh = strip(40)
    right = (centroids(mesh)[:, 0] > 0.0).astype(np.intp)
    lonely = right.copy()
    lonely[[9, 10, 11, 49, 50, 51]] = 1
    assert np.array_equal(cleaned(mesh, lonely, 2), right)


def test_a_region_without_triangles_is_named() -> None:
    mesh = strip(4)
    labels = np.zeros(len(mesh.triangles), np.intp)
    with pytest.raises(ValueError, match=r"no triangle of the mesh belongs to L4\.pedicle\.left"):
        divided("L4", (("vertebral_body", False), ("pedicle", True)), mesh, labels)
