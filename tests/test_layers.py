"""Who may import whom: the table of docs/architecture.md, enforced."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import l3s1

PACKAGE = Path(l3s1.__file__).parent

MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    # layer: (layers of the course, libraries)
    "vocabulary": (set(), set()),
    "models": ({"vocabulary"}, {"numpy", "scipy", "skimage", "fast_simplification"}),
    "content": ({"vocabulary"}, {"yaml", "jsonschema"}),
    "figures": ({"vocabulary", "models"}, {"numpy", "plotly"}),
    "scene": ({"vocabulary", "models"}, {"anywidget", "traitlets", "plotly"}),
    "activities": (
        {"vocabulary", "models", "content", "figures", "scene"},
        {"numpy", "plotly", "anywidget", "traitlets", "ipywidgets"},
    ),
    "assessment": (
        {"vocabulary", "models", "content", "figures", "scene", "activities"},
        {"numpy", "anywidget", "traitlets", "ipywidgets", "genanki"},
    ),
    "lesson": ({"vocabulary", "content", "activities", "assessment"}, set()),
    "classroom": (
        {"vocabulary", "models", "content", "scene", "activities", "assessment", "lesson"},
        {
            "tornado",
            "jinja2",
            "voila",
            "jupyter_server",
            "jupyter_core",
            "jupyter_client",
            "jupyterlab",
            "traitlets",
            "nbformat",
            "ipykernel",
            "psutil",
            "ipywidgets",
        },
    ),
    "__init__": ({"activities", "assessment", "content", "lesson"}, set()),
}

LATE = {"skimage", "fast_simplification", "genanki"}
"""What only building bones or exporting needs: it is imported in functions, not in every kernel."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_layers(path: Path) -> None:
    own = layer(path)
    layers, libraries = MAY_IMPORT[own]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: import by full name"
            whole = node.module == "l3s1"
            names = [f"l3s1.{a.name}" for a in node.names] if whole else [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == "l3s1":
                if not rest and own == "classroom":
                    continue  # the outermost layer may call the public names, as lessons do
                assert rest, f"line {node.lineno}: import what you use of l3s1 by name"
                assert rest[0] in layers | {own, "__version__"}, f"{own} may not import {name}"
            elif first not in sys.stdlib_module_names:
                assert first in libraries, f"{own} may not import {name}"
                late = first not in LATE or node not in tree.body
                assert late, f"line {node.lineno}: import {first} in the function that needs it"


def test_every_layer_of_the_table_exists_and_no_other() -> None:
    found = {layer(path) for path in modules()} - {"__init__"}
    assert found == set(MAY_IMPORT) - {"__init__"}


def test_modules_stay_readable() -> None:
    """No module over 500 lines; most far below."""
    long = [p.name for p in modules() if len(p.read_text(encoding="utf-8").splitlines()) > 500]
    assert not long
