"""A set of items: predict before reading, or check yourself after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import traitlets

from l3s1.activities.wording import pack_origins
from l3s1.assessment.item_json import item_json, say_item
from l3s1.assessment.widget import ItemWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.content import Content, Item

Use = Literal["predict", "check"]


class QuestionSet(ItemWidget):
    """Items of any type, with feedback for every choice and the facts behind them.

    Answers stay in the student's browser. Only with `tells_kernel` does the page tell them to
    Python too: `answers` then maps an item's id to `{"response", "certainty", "attempts"}`, see
    `l3s1.assessment.scoring`. What Python sets there is always shown.
    """

    view_name = "question_set"

    mode = traitlets.Enum(["predict", "check"], "check").tag(sync=True)
    items: traitlets.List[Any] = traitlets.List().tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    tells_kernel = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        content: Content,
        items: Sequence[Item],
        mode: Use = "check",
        tells_kernel: bool = False,
    ) -> None:
        if not items:
            raise ValueError("a question set needs at least one item; add one to assets/items")
        super().__init__(
            [item.type for item in items],
            mode=mode,
            tells_kernel=tells_kernel,
            items=[item_json(content, item) for item in items],
            origins_gz=pack_origins(content, [name for item in items for name in item.facts]),
        )

    def text_twin(self) -> str:
        """The stems with their choices; keys and feedback stay in the page."""
        lines: list[str] = []
        for number, item in enumerate(self.items, 1):
            stem, *offered = say_item(item)
            lines += [f"{number}. {stem}", *offered]
        return "\n".join(lines)
