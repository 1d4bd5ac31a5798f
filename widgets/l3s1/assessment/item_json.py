"""An item as the page gets it, and in words for where there is no page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from l3s1.assessment.pictures import find_json, label_json
from l3s1.content import (
    ExtendedMatching,
    FindIn3D,
    LabelPicture,
    Matching,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)
from l3s1.content.numbers import say_unit
from l3s1.scene.scene_words import VIEW_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from l3s1.content import Content, Item


def item_json(content: Content, item: Item) -> dict[str, Any]:
    """What every item has, and the fields of its type as they stand in the bank.

    Of a number asked for the page gets the number itself, with its unit and tolerance; of
    structures to be found their names in words too.
    """
    return {
        "id": item.id,
        "type": item.type,
        "lesson": item.lesson,
        "objective": item.objective,
        "level": item.level,
        "stem": item.stem,
        "facts": list(item.facts),
        **_of_type(content, item),
    }


def _of_type(content: Content, item: Item) -> dict[str, Any]:
    match item:
        case SingleBestAnswer():
            return {"choices": _plain(item.choices), "key": item.key}
        case MultipleResponse():
            return {"choices": _plain(item.choices), "keys": list(item.keys)}
        case Numeric():
            answer = item.answer
            return {
                "answer": answer.number,
                "tolerance": answer.tolerance,
                "unit": answer.unit,
                "unit_words": say_unit(answer.unit),
                "feedback": dict(item.feedback),
            }
        case Ordering():
            return {"entries": _plain(item.entries)}
        case Matching():
            theme = {"theme": item.theme} if isinstance(item, ExtendedMatching) else {}
            return {**theme, "prompts": _plain(item.prompts), "choices": _plain(item.choices)}
        case LabelPicture():
            return label_json(item)
        case FindIn3D():
            return find_json(content, item)
    raise TypeError(f"item {item.id!r} is of a type that no page knows: {item.type!r}")


def _plain(records: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(each) for each in records]


def say_item(item: dict[str, Any]) -> list[str]:
    """Stem and what is offered, a line each, from `item_json`; nothing is given away."""
    lines = [item["stem"]]
    if picture := item.get("picture"):
        lines.append(f"   {picture['alt']}.")
    elif "find" in item:
        lines.append(f"   The model of the lumbar spine, seen {VIEW_WORDS[item['find']['view']]}.")
    lines += [f"   Mark {each['id']}: {each['place']}" for each in item.get("marks", ())]
    lines += [f"   {each['id']}) {each['text']}" for each in item.get("prompts", ())]
    if theme := item.get("theme"):
        lines.append(f"   Choices: {theme}")
    lines += [f"   {each['id']}) {each['text']}" for each in item.get("choices", ())]
    lines += [f"   - {text}" for text in sorted(each["text"] for each in item.get("entries", ()))]
    if "unit" in item:
        lines.append(f"   A number{', in ' if item['unit_words'] else ''}{item['unit_words']}")
    return lines
