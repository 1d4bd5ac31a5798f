"""What a waiting kernel does before it knows its lesson: everything that lessons share."""

from __future__ import annotations

import l3s1


def warm_up() -> None:
    """Import what lessons call and read the content; no widget is made."""
    for name in l3s1.__all__:
        getattr(l3s1, name)
    l3s1.load_content()
