"""What leaves the timeline: the picture, the table, and a handout of one page."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Server, Visiting

LESSON = load_content().lessons["09"].notebook
TWO = "smoking=smokes&levels=three&work=heavy&compare=1&with.work=desk"
HANDOUT = "iframe.l3s1-handout"


def open_timeline(course: Server, visit: Visiting, query: str) -> Page:
    page = visit(course).open_lesson(f"{course.address}voila/render/{LESSON}?{query}")
    expect(page.locator(".l3s1-timeline .main-svg").first).to_be_visible()
    return page


def press(page: Page, name: str) -> None:
    page.locator(".l3s1-timeline").get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_the_picture_has_its_cursor_and_says_who_is_shown(
    course: Server, visit: Visiting, tmp_path: Path, kind: str
) -> None:
    page = open_timeline(course, visit, f"day=42&{TWO}")
    with page.expect_download() as coming:
        press(page, kind)
    coming.value.save_as(tmp_path / "picture")
    content = (tmp_path / "picture").read_bytes()
    assert coming.value.suggested_filename == f"l3s1-recovery-timeline.{kind.lower()}"
    if kind == "PNG":
        assert content.startswith(b"\x89PNG")
    else:
        words = re.sub(rb"<[^>]+>", b"", content).decode()
        for part in ("day 42", "Epidural haematoma", "Smoking", "A: "):
            assert part in words


def test_the_table_has_every_bar_of_both_patients(
    course: Server, visit: Visiting, tmp_path: Path
) -> None:
    page = open_timeline(course, visit, f"day=42&{TWO}")
    with page.expect_download() as coming:
        press(page, "CSV")
    coming.value.save_as(tmp_path / "table.csv")
    text = (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    bars = [each for each in load_content().phases.values() if each.timeline == "recovery"]
    assert len(rows) == 2 * len(bars)
    facts = load_content().facts
    assert all(name in facts for row in rows for name in row[head.index("facts")].split())
    changed = {row[head.index("patient")] for row in rows if row[head.index("changed by")]}
    assert changed == {"A", "B"}


@pytest.mark.parametrize("query", ["day=1", f"day=42&{TWO}", "day=200&smoking=smokes"])
def test_the_handout_is_one_page(course: Server, visit: Visiting, query: str) -> None:
    view = visit(course)
    view.page.add_init_script(
        "window.print = () => { document.documentElement.dataset.printed = 1; }"
    )
    page = view.open_lesson(f"{course.address}voila/render/{LESSON}?{query}")
    expect(page.locator(".l3s1-timeline .main-svg").first).to_be_visible()
    press(page, "Handout")
    frame = page.frame_locator(HANDOUT)
    expect(frame.locator("html[data-printed]")).to_be_attached()
    detail = frame.locator("body").get_attribute("data-detail")
    document = page.locator(HANDOUT).get_attribute("srcdoc") or ""
    printed = page.context.new_page()
    printed.set_content(document.replace('data-detail="all"', f'data-detail="{detail}"'))
    expect(printed.get_by_role("heading", level=1)).to_contain_text("After an L3–S1 fusion")
    expect(printed.locator("body")).to_contain_text("no advice for one patient")
    printed.wait_for_function("[...document.images].every((image) => image.complete)")
    for paper in ("A4", "Letter"):
        pdf = printed.pdf(format=paper, prefer_css_page_size=False, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, paper
