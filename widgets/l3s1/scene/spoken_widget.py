"""What all views share: an anywidget whose plain text is its text twin."""

from __future__ import annotations

from typing import Any

import anywidget


class SpokenWidget(anywidget.AnyWidget):
    """An anywidget that says in plain text what it shows.

    Subclasses give `text_twin()`: deterministic, complete sentences. It is the widget's
    `text/plain`, so that GitHub shows it, nbval compares it and a reader without the page has it.
    """

    def text_twin(self) -> str:
        """What is shown now, in words."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.text_twin()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/plain"] = self.text_twin()
        return bundle
