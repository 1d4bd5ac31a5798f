"""Which items are exported: by lesson, objective, level, type and use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from l3s1.content import Content, Item

FILTERS = ("lesson", "objective", "level", "type", "use")
"""By what can be chosen: each names a field of an item."""


class SelectionError(Exception):
    """Nothing can be exported; `problems` says why and what to do, a line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def choose_items(content: Content, wanted: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """The active items that have one of the wanted values of each filter, lesson by lesson.

    A filter without values lets everything pass. Raises `SelectionError` for a value that no
    active item has, and where nothing is left.
    """
    active = [item for item in content.items.values() if item.status == "active"]
    active.sort(key=lambda item: item.lesson)  # a lesson's items may stand in several files
    problems = [
        f"No question has the {name} {value!r}; there are {', '.join(there)}."
        for name, values in wanted.items()
        for there in [values_of(active, name)]
        for value in dict.fromkeys(values)
        if value not in there
    ]
    if problems:
        raise SelectionError(problems)
    chosen = tuple(
        item
        for item in active
        if all(not values or getattr(item, name) in values for name, values in wanted.items())
    )
    if not chosen:
        said = " and ".join(
            f"{name} {' or '.join(dict.fromkeys(values))}"
            for name, values in wanted.items()
            if values
        )
        raise SelectionError([_none_left(said)])
    return chosen


def _none_left(said: str) -> str:
    if not said:
        return "There is no active question to export."
    return f"No question has {said} together; leave one of them out."


def values_of(items: Sequence[Item], name: str) -> list[str]:
    """What there is to choose from: every value that the items have of a filter, sorted."""
    return sorted({getattr(item, name) for item in items})
