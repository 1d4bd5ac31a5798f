"""Figures and pages share one set of colours, legible in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l3s1.content import course_root
from l3s1.figures.theme import DARK_TOKENS, LIGHT, tint


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #rrggbb colours."""

    def luminance(colour: str) -> float:
        channels = [channel / 255 for channel in bytes.fromhex(colour[1:])]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK_TOKENS], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted", "accent", "good", "warn", "bad"])
def test_text_colours_are_legible(tokens: dict[str, str], name: str) -> None:
    for ground in ("page", "surface"):
        assert contrast(tokens[name], tokens[ground]) >= 4.5


def test_the_style_sheet_has_the_same_tokens() -> None:
    path = Path(course_root()) / "widgets/frontend/src/styles/tokens.css"
    css = path.read_text(encoding="utf-8").lower()
    for name, light in LIGHT.items():
        pair = rf"--l3s1-{name}:\s*light-dark\({light},\s*{DARK_TOKENS[name]}\)"
        assert re.search(pair, css), f"{name}: {light}, {DARK_TOKENS[name]}"


def test_tint_mixes_and_stays_in_range() -> None:
    assert tint("#000000", "#ffffff", 0.5) == "#808080"
    assert tint("#123456", "#ffffff", 0) == "#123456"
    assert tint("#123456", "#ffffff", 1) == "#ffffff"
