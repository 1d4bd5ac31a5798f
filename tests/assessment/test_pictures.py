"""Marked pictures and tasks in 3D: what the page gets of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from item_examples import examples

from l3s1.assessment.pictures import CANDIDATES, find_json, label_json
from l3s1.content import FindIn3D, LabelPicture
from l3s1.content.spots import model_places

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

    from l3s1.content import Content


def loaded(folder: ContentFolder, kind: str) -> tuple[Content, Any]:
    folder.write("items/lesson_09", {"items": [examples()[kind]]})
    content = folder.load()
    (item,) = content.items.values()
    return content, item


def test_a_mark_lies_where_its_structure_does(content_folder: ContentFolder) -> None:
    _, item = loaded(content_folder, "label_picture")
    assert isinstance(item, LabelPicture)
    sent = label_json(item)
    left, top, width, height = sent["picture"]["crop"]
    for mark, written in zip(sent["marks"], item.marks, strict=True):
        spot = model_places().pictures[item.picture][written.structure]
        assert mark["at"] == [spot.x, spot.y]
        assert left < spot.x < left + width
        assert top < spot.y < top + height
    assert 0 <= left <= left + width <= 1
    assert width == height


def test_a_picture_does_not_mark_what_it_hides(content_folder: ContentFolder) -> None:
    _, item = loaded(content_folder, "label_picture")
    with pytest.raises(ValueError, match=r"L4.pedicle.left can't be pointed at in 'posterior'"):
        label_json(replace(item, picture="posterior"))
    with pytest.raises(ValueError, match="there is no picture 'x-ray'; there are anterior"):
        label_json(replace(item, picture="x-ray"))


def test_the_keyboard_reaches_right_and_near_answers(content_folder: ContentFolder) -> None:
    content, item = loaded(content_folder, "find_in_3d")
    assert isinstance(item, FindIn3D)
    item = replace(item, find=replace(item.find, structures=("L4.transverse_process.left",)))
    sent = find_json(content, item)
    names = [each["id"] for each in sent["candidates"]]
    assert len(names) == len({*names}) == CANDIDATES
    assert {"L4.transverse_process.left", "L4.pedicle.right", "L4.lamina.left"} <= {*names}
    above = [model_places().structures[name].above for name in names]
    assert above == sorted(above, reverse=True)
    assert all("process" not in each["place"] for each in sent["candidates"])
    assert {*sent["spots"]} <= {*names}
    assert sent["picture"]["view"] == "posterior"


def test_a_picture_that_hides_what_is_right_is_not_sent(content_folder: ContentFolder) -> None:
    content, item = loaded(content_folder, "find_in_3d")
    vein = replace(item, find=replace(item.find, structures=("common_iliac_vein.left",), peeled=1))
    sent = find_json(content, vein)
    assert sent["picture"] is None
    assert sent["spots"] == {}
    assert "common_iliac_vein.left" in [each["id"] for each in sent["candidates"]]
