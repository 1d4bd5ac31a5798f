"""A pack gives back what went in, and is as small as promised."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from l3s1.models.anatomy.ordering import ordered
from l3s1.models.anatomy.pack import Pack, pack_anatomy, unpack_anatomy
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.bones.meshing import Mesh
from l3s1.vocabulary import Layer, Tissue

FIXTURES = Path(__file__).parents[2] / "fixtures"


def small_pack() -> Pack:
    """A tetrahedron of two regions with a morph; a band of two bones with two morphs."""
    corners = np.array([[0.0, 0, 0], [10, 0, 0], [0, 10, 0], [0, 0, 10]]) - [3.21, 0, 400.5]
    faces = np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]], np.int32)
    bone = Part(
        "L5",
        Tissue.BONE,
        Layer.BONES,
        Mesh(corners, faces),
        (Region("L5.vertebral_body", 0, 1), Region("L5.spinous_process", 1, 3)),
        ("L5",),
        morphs={
            "facet_hypertrophy": np.array([[0.0, 0, 0], [1.27, 0, 0], [0, -1.27, 0.5], [0] * 3])
        },
    )
    x = np.linspace(-20.0, 20.0, 300)
    band = np.stack([np.c_[x, 0 * x, np.sin(x)], np.c_[x, 5 + 0 * x, np.cos(x)]], 1).reshape(-1, 3)
    at = 2 * np.arange(299)[:, None, None]
    strip = (at + np.array([[0, 1, 2], [2, 1, 3]])).reshape(-1, 3)
    share = np.linspace(0.0, 1.0, 600)
    ligament = Part(
        "L5-S1.interspinous_ligament",
        Tissue.LIGAMENT,
        Layer.LIGAMENTS,
        Mesh(band, strip.astype(np.int32)),
        (Region("L5-S1.interspinous_ligament", 0, 598),),
        ("L5", "sacrum"),
        weights=np.c_[share, 1.0 - share],
        morphs={"facet_hypertrophy": 0.0 * band, "flavum_thickening": 0.1 * band},
    )
    turn = [1.0, 0.0, 0.0, 0.0, 0.8, -0.6, 0.0, 0.6, 0.8]
    poses = {
        "L5": {"rotation": turn, "shift": [0.0, -9.25, 20.0]},
        "sacrum": {"rotation": turn, "shift": [0.0, 0.0, 0.0]},
    }
    header: dict[str, Any] = {
        "bones": ["L5", "sacrum"],
        "poses": {"standing": poses, "supine": poses},
        "segments": {},
        "morph_mm": {"facet_hypertrophy": 1.5, "flavum_thickening": 2.0},
        "landmarks": {
            "promontory": [0.0, -13.0, -9.0],
            "L5.pedicle.left": {"at": [20.0, 1.0, 27.5], "bone": "L5"},
        },
    }
    return Pack(header, (bone, ligament))


def as_json(data: bytes) -> dict[str, Any]:
    """What the fixture's pack says and its first vertices, triangles, weights and morphs."""
    content = gzip.decompress(data)
    header = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])
    parts = [
        {
            "name": part.name,
            "vertices": np.round(part.mesh.vertices[:8], 4).tolist(),
            "triangles": part.mesh.triangles[:8].tolist(),
            "weights": None if part.weights is None else np.round(part.weights[:8], 4).tolist(),
            "morphs": {k: np.round(shift[:8], 4).tolist() for k, shift in part.morphs.items()},
            "last_vertex": np.round(part.mesh.vertices[-1], 4).tolist(),
            "last_triangle": part.mesh.triangles[-1].tolist(),
        }
        for part in unpack_anatomy(data).parts
    ]
    return {"header": header, "parts": parts}


def test_the_fixture_is_read_as_written_beside_it() -> None:
    data = (FIXTURES / "anatomy_pack_small.bin").read_bytes()
    expected = json.loads((FIXTURES / "anatomy_pack_small.json").read_text(encoding="utf-8"))
    assert as_json(data) == expected
    assert gzip.decompress(pack_anatomy(small_pack())) == gzip.decompress(data)


def test_round_trip() -> None:
    given = small_pack()
    got = unpack_anatomy(pack_anatomy(given))
    assert got.header == given.header
    for a, b in zip(given.parts, got.parts, strict=True):
        assert (a.name, a.tissue, a.layer, a.regions, a.bones) == (
            b.name,
            b.tissue,
            b.layer,
            b.regions,
            b.bones,
        )
        assert np.array_equal(a.mesh.triangles, b.mesh.triangles)
        worst = 0.005 if a.tissue is Tissue.BONE else 0.01
        assert np.abs(a.mesh.vertices - b.mesh.vertices).max() <= worst + 1e-9
        assert list(a.morphs) == list(b.morphs)
        most = max(np.abs(shift).max() for shift in a.morphs.values())
        for name, shift in a.morphs.items():
            assert np.abs(shift - b.morphs[name]).max() <= most / 254 + 1e-5
    assert given.parts[1].weights is not None
    assert got.parts[1].weights is not None
    assert np.abs(given.parts[1].weights - got.parts[1].weights).max() <= 1 / 255
    assert np.allclose(got.parts[1].weights.sum(1), 1.0)


@given(st.integers(3, 400), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_any_mesh_survives(n: int, bones: int, seed: int) -> None:
    random = default_rng(seed)
    vertices = random.uniform(-150.0, 150.0, (n, 3))
    triangles = random.integers(0, n, (2 * n, 3)).astype(np.int32)
    weights = random.dirichlet(np.ones(bones), n) if bones > 1 else None
    part = Part(
        "dural_sac",
        Tissue.DURA,
        Layer.NERVES,
        Mesh(vertices, triangles),
        (Region("dural_sac", 0, 2 * n),),
        tuple(f"L{k}" for k in range(bones)),
        weights=weights,
    )
    (got,) = unpack_anatomy(pack_anatomy(Pack({}, (part,)))).parts
    assert np.array_equal(got.mesh.triangles, triangles)
    assert np.abs(got.mesh.vertices - vertices).max() <= 0.0101
    if weights is not None:
        assert got.weights is not None
        assert np.abs(got.weights - weights).max() <= 1.01 / 255


def test_ordering_changes_nothing_but_the_order() -> None:
    part = small_pack().parts[1]
    shuffled = default_rng(1).permutation(len(part.mesh.vertices))
    back = np.argsort(shuffled)
    mixed = Part(
        part.name,
        part.tissue,
        part.layer,
        Mesh(part.mesh.vertices[shuffled], back[part.mesh.triangles][::-1].astype(np.int32)),
        part.regions,
        part.bones,
        weights=None if part.weights is None else part.weights[shuffled],
        morphs={name: shift[shuffled] for name, shift in part.morphs.items()},
    )
    result = ordered(mixed)
    assert corners_of(result) == corners_of(part)
    assert len(pack_anatomy(Pack({}, (result,)))) < len(pack_anatomy(Pack({}, (mixed,))))


def corners_of(part: Part) -> set[tuple[float, ...]]:
    """Each triangle by its corners with weights and morphs, from its smallest corner on."""
    assert part.weights is not None
    values = np.c_[part.mesh.vertices, part.weights, *part.morphs.values()]
    found = set()
    for triangle in part.mesh.triangles:
        rows = [tuple(values[k]) for k in triangle]
        least = rows.index(min(rows))
        found.add(sum(rows[least:] + rows[:least], ()))
    return found


def test_what_is_no_pack_is_refused() -> None:
    with pytest.raises(ValueError, match="no gzip"):
        unpack_anatomy(b"L3S1")
    with pytest.raises(ValueError, match="first bytes"):
        unpack_anatomy(gzip.compress(b"ply\n"))
    whole = gzip.decompress(pack_anatomy(small_pack()))
    with pytest.raises(ValueError, match="ends too early"):
        unpack_anatomy(gzip.compress(whole[:-16]))
    with pytest.raises(ValueError, match="another version"):
        unpack_anatomy(gzip.compress(whole.replace(b'"version":1', b'"version":2')))


def test_a_part_that_does_not_fit_is_refused() -> None:
    part = small_pack().parts[0]
    wide = Mesh(part.mesh.vertices * 100.0, part.mesh.triangles)
    huge = Part(part.name, part.tissue, part.layer, wide, part.regions, part.bones)
    with pytest.raises(ValueError, match="L5: larger than"):
        pack_anatomy(Pack({}, (huge,)))
