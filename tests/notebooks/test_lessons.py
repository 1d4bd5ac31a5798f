"""The lessons' notebooks: executed, small, honest, and on the map."""

from __future__ import annotations

import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from l3s1.content import Content, lessons_folder, load_content

Notebook = dict[str, Any]

NOTEBOOKS = sorted(lessons_folder().glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# Names that hold a digit and are no medical number: a drug, levels, lessons, headings, code.
NAMES = re.compile(
    r"\brhBMP-2\b|\b[LS]\d(?:[–-][LS]?\d)?\b|\blessons? \d\d(?:(?:,| and| to|–) ?\d\d)*|l3s1"
    r"|`[^`]*`|^#+ .*$|^\d+\. |\bday (?:one|\d+)\b\*\*|\bHbA1c\b",
    re.MULTILINE,
)


@cache
def content() -> Content:
    return load_content()


def read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def source(cell: Notebook) -> str:
    return "".join(cell["source"])


def code_cells(path: Path) -> list[Notebook]:
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def test_there_is_a_notebook_for_each_ready_lesson_and_for_no_other() -> None:
    ready = {each.notebook for each in content().lessons.values() if each.status == "ready"}
    assert {path.name for path in NOTEBOOKS} == ready | {"index.ipynb"}
    assert ready


@each_notebook
def test_every_code_cell_was_executed_in_order(path: Path) -> None:
    counts = [cell["execution_count"] for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_no_widget_state_no_errors_no_addresses(path: Path) -> None:
    assert "widgets" not in read(path)["metadata"]
    for cell in code_cells(path):
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert not re.search(r"0x[0-9a-f]{6,}", json.dumps(output))


@each_notebook
def test_what_is_shown_is_also_said(path: Path) -> None:
    """Each output has a text twin of its own words, which nbval compares."""
    outputs = [output for cell in code_cells(path) for output in cell["outputs"]]
    assert outputs
    for output in outputs:
        assert len("".join(output["data"]["text/plain"])) > 20


@each_notebook
def test_lessons_are_prose_and_one_line_calls(path: Path) -> None:
    lines = [source(cell).strip().splitlines() for cell in code_cells(path)]
    assert max(len(each) for each in lines) < 6
    assert sum(len(each) for each in lines) < 40


@each_notebook
def test_title_and_language_are_set(path: Path) -> None:
    notebook = read(path)
    first = source(notebook["cells"][0])
    assert first.startswith("# "), "the first cell is the title"
    assert notebook["metadata"]["title"]
    headings = [
        len(match.group(1))
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
        for match in re.finditer(r"^(#+) ", source(cell), re.MULTILINE)
    ]
    assert headings.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(headings)), "no level skipped"


@each_notebook
def test_numbers_in_prose_stand_in_a_link_to_the_paper_that_has_them(path: Path) -> None:
    by_link: dict[str, set[float]] = {}
    for fact in content().facts.values():
        link = content().references[fact.reference].link
        if link:
            by_link.setdefault(link, set()).update(_numbers_of(fact))
    for cell in read(path)["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        text = source(cell)
        for words, link in LINK.findall(text):
            stated = [_number(found) for found in NUMBER.findall(NAMES.sub("", words))]
            if stated:
                assert link in by_link, f"{link} is no reference of the course"
            assert set(stated) <= by_link.get(link, set()), f"{words} is not in {link}"
        rest = NAMES.sub("", LINK.sub("", text))
        assert not NUMBER.search(rest), f"a number without its origin: {rest!r}"


def _numbers_of(fact: Any) -> set[float]:
    found = {float(fact.n)} if fact.n else set()
    for value in fact.values:
        found |= {
            float(abs(number))
            for number in (value.estimate, value.low, value.high, value.n, value.at_value)
            if number is not None
        }
    return found | {float(level) for level in fact.levels or ()}


def _number(text: str) -> float:
    return float(text.replace(",", "."))
