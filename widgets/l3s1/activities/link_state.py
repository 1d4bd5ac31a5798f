"""A chart's state as a link writes it, and a link's wishes as a chart's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import traitlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ON, _OFF = "on", "off"
_LINKABLE = (traitlets.Enum, traitlets.Unicode, traitlets.Bool, traitlets.Float)


def write_state(state: traitlets.HasTraits) -> dict[str, str]:
    """Every trait that a link can name, by name, as text; in the order of the names."""
    traits = state.traits()
    names = sorted(name for name, trait in traits.items() if isinstance(trait, _LINKABLE))
    return {name: _write(getattr(state, name)) for name in names}


def follow_link(state: traitlets.HasTraits, asked: Mapping[str, str]) -> None:
    """Set the traits that a link asks for; what is unknown or can't be is left as it is.

    What belongs together is set together; where one wish is impossible the others still hold.
    """
    wishes = dict(_readable(state, asked))
    if not _set(state, wishes):
        for name, value in wishes.items():
            _set(state, {name: value})


def _set(state: traitlets.HasTraits, values: Mapping[str, object]) -> bool:
    try:
        with state.hold_trait_notifications():
            for name, value in values.items():
                setattr(state, name, value)
    except traitlets.TraitError:
        return False
    return True


def _readable(
    state: traitlets.HasTraits, asked: Mapping[str, str]
) -> Iterable[tuple[str, str | bool | float]]:
    traits = state.traits()
    for name, text in asked.items():
        trait = traits.get(name)
        if isinstance(trait, traitlets.Bool):
            if text in (_ON, _OFF):
                yield name, text == _ON
        elif isinstance(trait, traitlets.Float):
            try:
                yield name, float(text)
            except ValueError:
                continue
        elif isinstance(trait, _LINKABLE):
            yield name, text


def _write(value: str | float) -> str:
    if isinstance(value, bool):
        return _ON if value else _OFF
    return value if isinstance(value, str) else f"{value:.10g}"
