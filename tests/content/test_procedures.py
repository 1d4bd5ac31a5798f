"""Operations as data: refused where wrong, with place and remedy; whole as the course has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError, QuestionKind, load_content
from l3s1.content.procedures import implant_names, model_names, named

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

PROCEDURES = load_content().procedures
FILE = "procedures/made_up"


def _step(data: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in data["steps"] if each["id"] == name)
    return found


def _twice(data: dict[str, Any]) -> None:
    _step(data, "fix")["id"] = "open"


def _no_such_part(data: dict[str, Any]) -> None:
    _step(data, "open")["scene"]["aside"] = ["trapezius.*"]


def _hidden_highlight(data: dict[str, Any]) -> None:
    _step(data, "close")["scene"]["highlight"] = ["L4.lamina.left"]


def _taken_twice(data: dict[str, Any]) -> None:
    _step(data, "close")["scene"]["takes"] = ["L4.lamina.left"]


def _in_twice(data: dict[str, Any]) -> None:
    _step(data, "close")["scene"]["puts"] = ["rod.left"]


def _no_implant(data: dict[str, Any]) -> None:
    _step(data, "fix")["scene"]["puts"] = ["L4.lamina.right"]


def _left_aside(data: dict[str, Any]) -> None:
    del _step(data, "close")["scene"]["back"]


def _not_aside(data: dict[str, Any]) -> None:
    _step(data, "fix")["scene"]["back"] = ["psoas_major.left"]


def _typed_number(data: dict[str, Any]) -> None:
    _step(data, "open")["danger"]["text"] = "It happens in 7 of 100."


def _number_in_order(data: dict[str, Any]) -> None:
    data["order"]["text"] = "Of 10 surgeons 7 do it so."


def _number_in_summary(data: dict[str, Any]) -> None:
    data["summary"] = "It takes 3 hours and no more."


def _number_simplified(data: dict[str, Any]) -> None:
    data["simplified"] = ["Screws of L4–L5 are all 45 mm long."]


def _number_in_label(data: dict[str, Any]) -> None:
    _step(data, "fix")["label"] = "Screws of 45 mm"


def _value_in_label(data: dict[str, Any]) -> None:
    _step(data, "open")["label"] = "Open for {stay}"


def _no_such_value(data: dict[str, Any]) -> None:
    _step(data, "open")["danger"]["text"] = "It happens in {never}."


def _no_such_fact(data: dict[str, Any]) -> None:
    _step(data, "open")["question"]["facts"] = ["no-such-fact"]


def _no_key(data: dict[str, Any]) -> None:
    _step(data, "open")["question"]["key"] = "e"


def _wrong_next(data: dict[str, Any]) -> None:
    _step(data, "fix")["question"]["key"] = "b"


def _nothing_next(data: dict[str, Any]) -> None:
    _step(data, "close")["question"]["kind"] = "next"


def _not_marked(data: dict[str, Any]) -> None:
    _step(data, "open")["question"]["about"] = "L4.lamina.right"


SPOILT = {
    _twice: "stands twice",
    _no_such_part: "trapezius",
    _hidden_highlight: "L4.lamina.left is not drawn at this step",
    _taken_twice: "L4.lamina.left is not there",
    _in_twice: "rod.left is in already",
    _no_implant: "L4.lamina.right is no implant or graft",
    _left_aside: "multifidus.left is still aside at the end",
    _not_aside: "psoas_major.left was not aside",
    _typed_number: "holds a number that was typed",
    _number_in_order: "holds a number that was typed",
    _number_in_summary: "holds a number, and no fact is listed with it",
    _number_simplified: "holds a number, and no fact is listed with it",
    _number_in_label: "holds a number, and no fact is listed with it",
    _value_in_label: "holds a number, and no fact is listed with it",
    _no_such_value: "{never} names no value",
    _no_such_fact: "there is no fact 'no-such-fact'",
    _no_key: "is no choice",
    _wrong_next: "disagrees with the order of the steps",
    _nothing_next: "asks for a next step after the last",
    _not_marked: "asks for what is not highlighted",
}


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda each: each.__name__.strip("_"))
def test_spoilt_procedures_are_refused_with_place_and_remedy(
    content_folder: ContentFolder, spoil: Any
) -> None:
    data = content_folder.read(FILE)
    spoil(data)
    content_folder.write(FILE, data)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if SPOILT[spoil] in line]
    assert lines, str(caught.value)
    assert re.search(rf"assets/{FILE}\.yaml:\d+: ", lines[0])
    assert ";" in lines[0]


def test_what_is_taken_stays_out_and_what_was_aside_comes_back(
    content_folder: ContentFolder,
) -> None:
    opening, fixing, closing = (
        step.scene for step in content_folder.load().procedures["made_up"].steps
    )
    assert "multifidus.left" in opening.hidden
    assert "rod.left" in opening.hidden
    assert "rod.left" not in fixing.hidden
    assert "L4.lamina.left" not in opening.hidden
    assert "L4.lamina.left" in closing.hidden
    assert "multifidus.left" not in closing.hidden
    assert "iliac_crest.left" in closing.hidden


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda each: each.id)
def test_an_operation_ends_with_its_metal_in_and_nothing_that_heals(procedure: Any) -> None:
    last = set(procedure.steps[-1].scene.hidden)
    grown = named(["*.soft_callus.*", "*bridging_bone*", "*.interbody_bone", "*ununited*"])
    assert set(grown) <= last
    put = [name for step in procedure.steps for name in step.scene.put]
    assert len(put) == len(set(put))
    assert set(put) == set(implant_names()) - last
    assert any("rod" in name for name in put)
    assert any("cage" in name for name in put)


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda each: each.id)
def test_every_kind_of_question_is_asked(procedure: Any) -> None:
    assert {step.question.kind for step in procedure.steps} == set(QuestionKind)
    for step in procedure.steps:
        texts = [each.text for each in step.question.choices]
        assert len(texts) == len(set(texts)), step.id


def test_only_the_posterior_operation_opens_the_canal() -> None:
    flavum = set(named(["L4-L5.ligamentum_flavum.*", "L5-S1.ligamentum_flavum.*"]))
    taken = {
        name: {each for step in procedure.steps for each in step.scene.taken}
        for name, procedure in PROCEDURES.items()
    }
    assert flavum <= taken["posterior_l3_s1"]
    assert not flavum & taken["alif_l5_s1"]
    assert not any("pedicle_screw" in name or "lamina" in name for name in taken["alif_l5_s1"])


def test_a_step_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match="position"):
        PROCEDURES["alif_l5_s1"].step("nowhere")


def test_names_are_the_models() -> None:
    assert len(model_names()) == len(set(model_names()))
    with pytest.raises(ValueError, match="the model has no nothing"):
        named(["L4.*", "nothing.*"])
