"""Made-up items of every type that travels, with what travels with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from item_examples import examples

from l3s1.assessment.exchange.portable import Carried, carry

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

Change = Callable[[dict[str, Any]], None]
Carry = Callable[..., Carried]

AWKWARD = 'Is 3 < 4 & "5" > 4? ]]> \u201c70–90 %\u201d'
"""What would break markup that is put together by hand."""


@pytest.fixture
def carried(content_folder: ContentFolder) -> Carry:
    """Carry the examples of some types, or all, after a change to each."""

    def make(*kinds: str, change: Change = lambda _item: None) -> Carried:
        items = [item for kind, item in examples().items() if not kinds or kind in kinds]
        for item in items:
            change(item)
        papers = content_folder.read("references/papers")
        papers["references"][0]["url"] = "https://example.org/paper"
        content_folder.write("references/papers", papers)
        content_folder.write("items/lesson_09", {"items": items})
        content = content_folder.load()
        return carry(content, list(content.items.values()))

    return make
