"""Items of every type: what is right loads as a record; what is wrong is named with its remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any

import pytest
from item_examples import examples

from l3s1.content import (
    ITEM_TYPES,
    ContentError,
    ExtendedMatching,
    FindIn3D,
    Item,
    LabelPicture,
    Matching,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

Tree = dict[str, Any]

RECORDS: dict[str, type[Item]] = {
    "single_best_answer": SingleBestAnswer,
    "multiple_response": MultipleResponse,
    "numeric": Numeric,
    "ordering": Ordering,
    "matching": Matching,
    "extended_matching": ExtendedMatching,
    "label_picture": LabelPicture,
    "find_in_3d": FindIn3D,
}


def write(folder: ContentFolder, *items: Tree) -> None:
    folder.write("items/lesson_09", {"items": list(items)})


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_an_item_of_each_type_loads_as_its_record(content_folder: ContentFolder, kind: str) -> None:
    write(content_folder, examples()[kind])
    (item,) = content_folder.load().items.values()
    assert isinstance(item, RECORDS[kind])
    assert item.type == kind
    assert not item.own
    assert all(item.feedbacks)
    with pytest.raises(FrozenInstanceError):
        item.stem = "Another?"  # type: ignore[misc]


def test_the_number_asked_for_is_read_from_the_fact(content_folder: ContentFolder) -> None:
    write(content_folder, examples()["numeric"])
    (item,) = content_folder.load().items.values()
    assert isinstance(item, Numeric)
    assert (item.answer.number, item.answer.unit) == (4, "d")


def _set(**change: Any) -> Callable[[Tree], object]:
    return lambda item: item.update(change)


def _in(*path: Any, **change: Any) -> Callable[[Tree], object]:
    def spoil(item: Tree) -> None:
        part: Any = item
        for step in path:
            part = part[step]
        part.update(change)

    return spoil


def _drop(name: str) -> Callable[[Tree], object]:
    return lambda item: item.pop(name)


Spoilt = tuple[str, Callable[[Tree], object], str, str]
"""The type, what is changed, the place that is named, what is said of it."""

SPOILT: dict[str, Spoilt] = {
    "no such type": ("ordering", _set(type="essay"), "type", "'essay' is not allowed; use one of"),
    "no type": ("ordering", _drop("type"), "items[one-ordering]", "lacks 'type'"),
    "field of another type": ("ordering", _set(key="a"), "key", "unknown field 'key'"),
    "no key": ("single_best_answer", _drop("key"), "items[one-single-best-answer]", "lacks 'key'"),
    "key that is no choice": ("single_best_answer", _set(key="e"), "key", "none of the choices"),
    "two choices of one id": (
        "single_best_answer",
        _in("choices", 1, id="a"),
        "choices",
        "share the id 'a'",
    ),
    "text as a number": ("ordering", _set(stem=4), "stem", "4 is not a text; write a text"),
    "unknown objective": (
        "matching",
        _set(objective="fly-high"),
        "objective",
        "no objective 'fly-high'; use one of: say-when",
    ),
    "unknown lesson": ("matching", _set(lesson="44"), "lesson", "no lesson '44'"),
    "unknown fact": ("matching", _set(facts=["ghost"]), "facts[0]", "no fact 'ghost'"),
    "a call of another type": ("numeric", _set(use="triage"), "use", "'triage' is not allowed"),
    "all are right": (
        "multiple_response",
        _set(keys=["a", "b", "c", "d"]),
        "keys",
        "every choice is right",
    ),
    "only one is right": ("multiple_response", _set(keys=["a"]), "keys", "write at least 2"),
    "a key that is no choice": (
        "multiple_response",
        _set(keys=["a", "f"]),
        "keys[1]",
        "'f' is none of the choices; use one of a, b, c, d",
    ),
    "doesn't say that several": (
        "multiple_response",
        _set(stem="Which?"),
        "stem",
        "write 'Choose all that apply.'",
    ),
    "number of no fact": (
        "numeric",
        _in("answer", fact="ghost"),
        "answer.fact",
        "no fact 'ghost'",
    ),
    "fact that is not listed": (
        "numeric",
        _in("answer", fact="made-up-angle", value="l3", unit="deg"),
        "answer.fact",
        "not in this item's list of facts",
    ),
    "number that is not there": (
        "numeric",
        _in("answer", value="ghost"),
        "answer.value",
        "no number 'ghost'; use one of: stay",
    ),
    "another unit": ("numeric", _in("answer", unit="wk"), "answer.unit", "write 'd'"),
    "tolerance below zero": (
        "numeric",
        _in("answer", tolerance=-1),
        "answer.tolerance",
        "write 0 or more",
    ),
    "tolerance that compares with nothing": (
        "numeric",
        _in("answer", tolerance=float("nan")),
        "answer.tolerance",
        "is no number to compare with",
    ),
    "tolerance without end": (
        "numeric",
        _in("answer", tolerance=float("inf")),
        "answer.tolerance",
        "write 0 or more",
    ),
    "no word for too low": ("numeric", lambda i: i["feedback"].pop("low"), "feedback", "'low'"),
    "two to be put in order": (
        "ordering",
        lambda i: i["entries"].__delitem__(slice(2, None)),
        "entries",
        "write at least 3",
    ),
    "choice for two prompts": (
        "matching",
        _in("prompts", 0, key="1"),
        "prompts",
        "choice '1' is the key of two prompts",
    ),
    "fewer choices than prompts": (
        "matching",
        lambda i: i["prompts"].extend(
            {**i["prompts"][0], "id": each, "text": f"Prompt {each}", "key": key}
            for each, key in (("d", "4"), ("e", "5"))
        ),
        "choices",
        "fewer choices than prompts",
    ),
    "prompt of no choice": (
        "extended_matching",
        _in("prompts", 1, key="9"),
        "prompts[b].key",
        "'9' is none of the choices",
    ),
    "no theme": (
        "extended_matching",
        _drop("theme"),
        "items[one-extended-matching]",
        "lacks 'theme'",
    ),
    "mark of nothing": (
        "label_picture",
        _in("marks", 1, structure="L4.wing"),
        "marks[2].structure",
        "the model has no L4.wing",
    ),
    "mark that is hidden": (
        "label_picture",
        _in("marks", 1, structure="L4-L5.nucleus_pulposus"),
        "marks[2].structure",
        "can't be pointed at in the picture 'left-lateral'",
    ),
    "picture of nothing": (
        "label_picture",
        lambda item: item.update(picture="x-ray"),
        "picture",
        "there is no picture 'x-ray'",
    ),
    "marked twice": (
        "label_picture",
        _in("marks", 1, structure="L4.pedicle.left"),
        "marks",
        "is marked twice",
    ),
    "to be found, a whole bone": (
        "find_in_3d",
        _in("find", structures=["L4"]),
        "find.structures[0]",
        "L4 is a whole bone",
    ),
    "to be found, not there": (
        "find_in_3d",
        _in("find", structures=["L9"]),
        "find.structures[0]",
        "the model has no L9",
    ),
    "view of no name": (
        "find_in_3d",
        _in("find", view="inside"),
        "find.view",
        "'inside' is not allowed; use one of: anterior",
    ),
    "right and near": (
        "find_in_3d",
        _in("near", 1, structures=["L4.pedicle.left"]),
        "near[1].structures",
        "has been named above",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_item_is_refused_with_place_and_remedy(
    content_folder: ContentFolder, name: str
) -> None:
    kind, spoil, place, wrong = SPOILT[name]
    item = examples()[kind]
    spoil(item)
    write(content_folder, item)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if wrong in line]
    assert lines, str(caught.value)
    assert any(f"{place}: " in line for line in lines), lines
    assert all(line.startswith("assets/items/lesson_09.yaml:") for line in lines)
    assert all("; " in line for line in lines), "each says what to do"


def test_an_id_of_two_items_is_refused_with_both_places(content_folder: ContentFolder) -> None:
    write(content_folder, examples()["ordering"], examples()["ordering"])
    with pytest.raises(ContentError, match=r"yaml:\d+: .*'one-ordering' is taken \(see .*yaml:2\)"):
        content_folder.load()


def test_all_problems_of_an_item_come_at_once(content_folder: ContentFolder) -> None:
    item = examples()["matching"]
    item.update(objective="fly-high", facts=["ghost"])
    item["prompts"][0]["key"] = "8"
    write(content_folder, item)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    assert len(caught.value.problems) == 3
