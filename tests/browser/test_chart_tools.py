"""What every chart offers: a link that opens it as it is, back to the start, and files."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Server, Visiting

LESSON = load_content().lessons["10"].notebook
THRESHOLD = "responder-curve.threshold"


def address(course: Server, search: str = "") -> str:
    return f"{course.address}voila/render/{LESSON}{search}"


def said(page: Page) -> Locator:
    return page.locator(".l3s1-readings-said").first


def tool(page: Page, name: str) -> Locator:
    return page.locator(".l3s1-tools").first.get_by_role("button", name=name)


def test_a_link_opens_the_chart_as_it_was_and_reset_goes_back(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = view.open_lesson(address(course, f"?{THRESHOLD}=25&theme=kept"))
    expect(said(page)).to_contain_text("a gain of 25")
    handle = page.get_by_role("slider", name="Threshold")
    handle.focus()
    handle.press("ArrowRight")
    expect(said(page)).to_contain_text("a gain of 25.5")
    page.wait_for_function(f"!new URLSearchParams(location.search).get('{THRESHOLD}').match('25$')")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["theme"] == ["kept"]
    there = said(page).inner_text()
    page.reload()
    view.wait_for_figures()
    expect(said(page)).to_have_text(there)
    tool(page, "Reset").click()
    expect(said(page)).to_contain_text("12.8 points")
    page.wait_for_function(f"!new URLSearchParams(location.search).has('{THRESHOLD}')")
    view.expect_no_error()


def test_a_broken_link_opens_the_lesson_as_it_starts(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course, f"?{THRESHOLD}=-3&responder-curve.scale=ghost"))
    expect(said(page)).to_contain_text("12.8 points")
    view.expect_no_error()


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_the_picture_is_saved_as_a_file(
    course: Server, visit: Visiting, tmp_path: Path, kind: str
) -> None:
    page = visit(course).open_lesson(address(course))
    expect(page.locator(".js-plotly-plot .textpoint").first).to_be_visible()
    with page.expect_download() as coming:
        tool(page, kind).click()
    assert coming.value.suggested_filename == f"l3s1-responder-curve.{kind.lower()}"
    coming.value.save_as(tmp_path / "picture")
    content = (tmp_path / "picture").read_bytes()
    if kind == "PNG":
        assert content.startswith(b"\x89PNG")
        assert len(content) > 20_000
    else:
        assert re.search(rb"no advice for one patient", content)


def test_the_table_is_saved_with_the_fact_of_every_row(
    course: Server, visit: Visiting, tmp_path: Path
) -> None:
    page = visit(course).open_lesson(address(course))
    expect(said(page)).to_contain_text("12.8 points")
    with page.expect_download() as coming:
        tool(page, "CSV").click()
    coming.value.save_as(tmp_path / "table.csv")
    text = (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    shown = page.locator(".l3s1-readings").first.locator("tbody tr")
    assert len(rows) == shown.count()
    facts = load_content().facts
    named = [row[head.index("fact")] for row in rows]
    assert any(named)
    assert all(name in facts for name in named if name)
