"""What a figure says now: a sentence, and a table whose every row opens its origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.widget import ActivityWidget
from l3s1.scene.code_once import CodeOnce
from l3s1.vocabulary import EVIDENCE_LABEL, EVIDENCE_MARK, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Reading:
    """A row: `fact` is the id of its origin, or "" for a gap; `cells` follow the table's head.

    `letter` and `colours` (light, dark) say which mark of the figure it belongs to.
    """

    fact: str
    label: str
    cells: tuple[str, ...]
    evidence: Evidence = Evidence.NONE
    extrapolated: bool = False
    quoted: bool = False
    unsourced: bool = False
    letter: str = ""
    colours: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as the page reads it."""
        marks = ("extrapolated", "quoted", "unsourced")
        row: dict[str, Any] = {
            "id": self.fact,
            "label": self.label,
            "evidence": self.evidence.value,
            "cells": list(self.cells),
        }
        # what most rows have not is left out: a page takes many rows
        if shown := [mark for mark in marks if getattr(self, mark)]:
            row["marks"] = shown
        if self.letter:
            row["letter"] = self.letter
        if self.colours:
            row["colours"] = self.colours
        return row

    def say(self) -> str:
        """The row in a line."""
        letter = f"{self.letter} " if self.letter else ""
        tags = ", ".join(tag for tag in ("extrapolated", "quoted") if getattr(self, tag))
        words = f"{letter}{EVIDENCE_MARK[self.evidence]} {self.label}"
        details = "; ".join(cell for cell in self.cells if cell)
        return words + (f" ({tags})" if tags else "") + (f": {details}" if details else "")


class Readings(CodeOnce, ActivityWidget):
    """The sentence and the table below a figure, and what saves and shares them."""

    view_name = "readings"

    said = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    head: traitlets.List[str] = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    evidence_labels = traitlets.Dict(
        {level.value: label for level, label in EVIDENCE_LABEL.items()}
    ).tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    link_name = traitlets.Unicode(help="The chart's name in links and files").tag(sync=True)
    link = traitlets.Dict(help="What differs from the start, as a link says it").tag(sync=True)
    asked = traitlets.Dict(help="What the page's link asks of this chart").tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        self.carry_code()
        super().__init__(**settings)

    def show(
        self,
        said: str,
        caption: str,
        head: Sequence[str],
        readings: Sequence[Reading],
        link: dict[str, str] | None = None,
    ) -> None:
        """Say something else; what has changed goes to the page in one message."""
        with self.hold_sync():
            self.said, self.caption, self.head = said, caption, list(head)
            self.rows = [reading.as_json() for reading in readings]
            self.link = link or {}

    def text_twin(self) -> str:
        """The sentence alone: the activity says the rest."""
        return self.said
