"""The 3D scene's Python side: what it refuses, what it sends, what it says."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path
from typing import Any

import pytest
import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.content.paths import anatomy_pack_path
from l3s1.models.anatomy.pack_header import read_pack_header
from l3s1.scene import Anatomy, AnatomyScene
from l3s1.scene.anatomy_scene import STATE, VIEWS
from l3s1.scene.shared_files import FILE_MESSAGE, engine_file, hashed_name
from l3s1.vocabulary import Layer, Tissue

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def made_part(name: str, tissue: str, layer: str, *structures: str) -> dict[str, Any]:
    regions = [[structure, 2 * i, 2] for i, structure in enumerate(structures or (name,))]
    return {"name": name, "tissue": tissue, "layer": layer, "regions": regions}


def made_pack() -> bytes:
    """A pack whose header is complete and whose meshes are missing: Python looks at no mesh."""
    header = {
        "version": 1,
        "bones": ["L2", "L3", "L4", "L5", "sacrum"],
        "segments": {"L4-L5": {}, "L5-S1": {}},
        "morph_mm": {"facet_hypertrophy": 3.0},
        "parts": [
            made_part("L4", "bone", "bones", "L4.pedicle.left", "L4.vertebral_body"),
            made_part("L4-L5.annulus_fibrosus", "annulus", "discs"),
            made_part("dural_sac", "dura", "nerves"),
            made_part("psoas_major.left", "muscle", "muscles"),
        ],
    }
    text = json.dumps(header).encode()
    return gzip.compress(b"L3S1" + struct.pack("<I", len(text)) + text, mtime=0)


@pytest.fixture
def anatomy() -> Anatomy:
    return Anatomy.from_pack(made_pack(), {"anterior-light": b"a picture"})


@pytest.fixture
def scene(anatomy: Anatomy) -> AnatomyScene:
    return AnatomyScene(anatomy)


# --- the model ------------------------------------------------------------------------------------


def test_the_header_alone_is_read(anatomy: Anatomy) -> None:
    assert anatomy.bones[-1] == "sacrum"
    assert anatomy.structures == (
        "L4",
        "L4.pedicle.left",
        "L4.vertebral_body",
        "L4-L5.annulus_fibrosus",
        "dural_sac",
        "psoas_major.left",
    )
    assert anatomy.parts[0].tissue is Tissue.BONE
    assert anatomy.parts[1].layer is Layer.DISCS


def test_the_fixture_of_both_sides_reads_alike() -> None:
    expected = json.loads((FIXTURES / "anatomy_pack_small.json").read_text(encoding="utf-8"))
    assert (
        read_pack_header((FIXTURES / "anatomy_pack_small.bin").read_bytes()) == expected["header"]
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!doctype html>", "no gzip"),
        (gzip.compress(b"something else"), "first bytes are others"),
        (gzip.compress(b"L3S1" + struct.pack("<I", 99) + b"{}"), "ends too early"),
        (gzip.compress(b""), "first bytes are others"),
    ],
)
def test_what_is_no_pack_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Anatomy.from_pack(data)


def test_the_courses_own_model_is_there() -> None:
    anatomy = course_anatomy()
    assert {"L3", "L4", "L5"} <= set(anatomy.structures)
    assert anatomy.file.name == hashed_name("anatomy.bin", anatomy_pack_path().read_bytes())


def test_every_view_has_its_still_picture_light_and_dark() -> None:
    pictures = course_anatomy().pictures
    assert set(pictures) == {f"{view}-{theme}" for view in VIEWS for theme in ("light", "dark")}
    sizes = {name: len(gzip.decompress(file.gzipped())) for name, file in pictures.items()}
    assert max(sizes.values()) <= 40_000, sizes


# --- the door -------------------------------------------------------------------------------------


def test_nothing_is_cut_picked_or_measured_at_first(scene: AnatomyScene) -> None:
    assert scene.section is scene.picked is scene.hovered is scene.measurement is None


@pytest.mark.parametrize(
    ("state", "hint"),
    [
        ({"hidden": ["L4.pedicel.left"]}, r"hidden: .*did you mean L4\.pedicle\.left"),
        ({"opacity": {"dural_sack": 0.5}}, "opacity: .*did you mean dural_sac"),
        ({"colour": {"heart": "red"}}, "colour: .*there are L4, "),
        ({"peeled": 6}, "peeled"),
        ({"opacity": {"dural_sac": 1.5}}, "opacity"),
        ({"slip": {"L3-L4": 0.1}}, "slip: .*L3-L4.*there are L4-L5, L5-S1"),
        ({"slip": {"L4-L5": 0.7}}, "slip"),
        ({"disc_height": {"L4-L5": 0.0}}, "disc_height"),
        ({"morph": {"facet": 1.0}}, "morph: .*did you mean facet_hypertrophy|there are"),
        ({"section": {"plane": "axal", "at": 1}}, "did you mean axial"),
        ({"section": {"plane": "axial"}}, "number of mm"),
        ({"section": {"plane": "axial", "at": True}}, "number of mm"),
        ({"section": {"plane": "axial", "at": 1, "level": 3}}, "no 'level'"),
        ({"section": {"plane": "axial", "at": 1, "segment": "L1-L2"}}, "no segment 'L1-L2'"),
        ({"section": {"plane": "axial", "at": 1, "from_disc": True}}, "needs a `segment`"),
        ({"view": "from_above"}, "view"),
        ({"scale": [1.0, 1.0]}, "scale"),
        ({"explode": 2.0}, "explode"),
        ({"hiden": ["L4"]}, "did you mean hidden"),
    ],
)
def test_what_can_not_be_shown_is_refused_with_a_hint(
    anatomy: Anatomy, state: dict[str, Any], hint: str
) -> None:
    with pytest.raises(traitlets.TraitError, match=hint):
        AnatomyScene(anatomy, **state)


def test_a_refused_change_changes_nothing(scene: AnatomyScene) -> None:
    scene.hidden = ["dural_sac"]
    with pytest.raises(traitlets.TraitError, match="no structure"):
        scene.hidden = ["dural_sac", "spleen"]
    assert scene.hidden == ["dural_sac"]


def test_every_trait_of_the_state_says_what_it_is() -> None:
    traits = AnatomyScene.class_traits()
    assert [name for name in STATE if not traits[name].help] == []
    assert all(traits[name].metadata["sync"] for name in STATE)


# --- the wire -------------------------------------------------------------------------------------


class Wire(list[tuple[dict[str, Any], list[bytes]]]):
    """What a widget sends by itself."""

    def send(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        self.append((content, buffers))


def test_no_mesh_travels_with_a_scene(scene: AnatomyScene) -> None:
    state = {key: value for key, value in scene.get_state().items() if key not in ("_esm", "_css")}
    assert len(json.dumps(state)) < 4096
    assert state["_pack_file"].startswith("anatomy-")
    assert state["_engine_file"] == engine_file().name
    assert state["_pictures"] == {
        "anterior-light": hashed_name("view-anterior-light.webp", b"a picture")
    }


def test_files_are_sent_to_pages_that_ask_for_them(
    scene: AnatomyScene, anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire()
    monkeypatch.setattr(scene, "send", wire.send)
    for name in (
        anatomy.file.name,
        "../secrets",
        engine_file().name,
        scene._pictures["anterior-light"],
    ):
        scene._handle_custom_msg({"type": FILE_MESSAGE, "file": name}, [])
    scene._handle_custom_msg({"type": "something else"}, [])
    scene._handle_custom_msg("text", [])
    assert [content["file"] for content, _ in wire] == [
        anatomy.file.name,
        engine_file().name,
        scene._pictures["anterior-light"],
    ]
    pack, engine, picture = (gzip.decompress(buffers[0]) for _, buffers in wire)
    assert pack.startswith(b"L3S1")
    assert b"createScene" in engine
    assert picture == b"a picture"


def test_a_pick_reaches_its_handler(scene: AnatomyScene) -> None:
    picks: list[Any] = []
    scene.on_pick(picks.append)
    pick = {"structure": "L4.pedicle.left", "part": "L4", "point": [1.0, 2.0, 3.0]}
    scene.set_state({"picked": pick})
    scene.set_state({"picked": None})
    assert picks == [pick, None]


# --- the words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            {"view": "left_lateral"},
            (
                "Lumbar spine L2 to sacrum, standing, seen from the left. "
                "Shown: muscles, nerves, discs and bones."
            ),
        ),
        (
            {"peeled": 4, "posture": "supine", "hidden": ["dural_sac", "psoas_major.left"]},
            (
                "Lumbar spine L2 to sacrum, supine, seen obliquely from behind and the left. "
                "Shown: discs and bones."
            ),
        ),
        (
            {"isolated": ["L4.pedicle.left", "dural_sac"], "highlight": ["L4.pedicle.left"]},
            (
                "Lumbar spine L2 to sacrum, standing, seen obliquely from behind and the left. "
                "Shown: left pedicle of L4 and dural sac. Highlighted: left pedicle of L4."
            ),
        ),
    ],
)
def test_the_text_twin_says_what_is_shown(
    anatomy: Anatomy, state: dict[str, Any], said: str
) -> None:
    scene = AnatomyScene(anatomy, **state)
    assert scene.text_twin() == repr(scene) == said
    bundle = scene._repr_mimebundle_()
    assert bundle is not None
    assert bundle[0]["text/plain"] == said


def test_hidden_structures_are_named_where_their_layer_is_shown(anatomy: Anatomy) -> None:
    scene = AnatomyScene(anatomy, peeled=3, hidden=["psoas_major.left", "L4.pedicle.left"])
    assert "Shown: nerves, discs and bones, without left pedicle of L4." in scene.text_twin()


def test_the_text_twin_says_cuts_and_variants(anatomy: Anatomy) -> None:
    scene = AnatomyScene(
        anatomy,
        section={"plane": "axial", "at": -3.25, "segment": "L4-L5"},
        slip={"L4-L5": 0.25},
        disc_height={"L5-S1": 0.5, "L4-L5": 1.0},
        morph={"facet_hypertrophy": 0.5},
        scale=[0.9, 0.9, 1.0],
        explode=0.4,
        labels=["L4-L5.annulus_fibrosus"],
    )
    said = scene.text_twin()
    assert "Pulled apart by 40%. Section: axial at −3.2 mm, tilted with L4–L5." in said
    assert (
        "Changed: slip of 25% at L4–L5, 50% of the disc height at L5–S1, "
        "facet hypertrophy 50% and scaled by 0.9 × 0.9 × 1." in said
    )
    assert said.endswith("Labelled: annulus fibrosus of L4–L5.")


def test_the_words_below_the_picture_follow_the_state(scene: AnatomyScene) -> None:
    scene.posture = "supine"
    assert scene._text == scene.text_twin()
    assert "supine" in scene._text
