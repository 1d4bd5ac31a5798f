"""The frame around every lesson: loading, trouble, the kernel, plain controls, other servers."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from l3s1.scene.plotly_bundle import PLOTLY_FILE

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

SAMPLE = "voila/render/00-sample-lesson.ipynb"
FAILING = "voila/render/03-failing-lesson.ipynb"
WAITING = "voila/render/04-waiting-lesson.ipynb"


def test_text_comes_first_and_the_state_is_said(
    own_sample: Callable[..., Server], visit: Visiting, tmp_path: Path
) -> None:
    server = own_sample()
    with (tmp_path / "go").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        page = visit(server).open(server.address + WAITING)
        expect(page.locator("#l3s1-words")).to_have_text("Running step 2 of 2 …")
        expect(page.get_by_role("heading", name="The end")).to_be_visible()
        expect(page.locator("#l3s1-cell-3")).to_be_empty()
        assert page.locator("#l3s1-words").get_attribute("role") == "status"
    expect(page.locator("#l3s1-cell-3")).to_have_text("'went on'")
    expect(page.locator("#l3s1-words")).to_have_text("All figures are ready.")


def test_without_scripts_the_text_can_be_read(sample: Server, visit: Visiting) -> None:
    page = visit(sample, java_script_enabled=False).open(sample.address + SAMPLE)
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    expect(page.get_by_text("The figures of this lesson need JavaScript")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plain_controls_are_accessible(sample: Server, visit: Visiting, scheme: str) -> None:
    view = visit(sample, scheme=scheme)
    page = view.open_lesson(sample.address + SAMPLE)
    expect(page.locator(".main-svg").first).to_be_visible()
    view.take_picture(f"sample-{scheme}")
    view.expect_accessible()
    view.expect_no_error()
    view.expect_no_outside_request()


def test_python_answers(sample: Server, visit: Visiting) -> None:
    page = visit(sample).open_lesson(sample.address + SAMPLE)
    page.get_by_role("button", name="Ask Python").click()
    expect(page.get_by_text("asked", exact=True)).to_be_visible()


def test_a_failing_step_leaves_the_rest_readable(sample: Server, visit: Visiting) -> None:
    view = visit(sample)
    page = view.open_lesson(sample.address + FAILING)
    expect(page.get_by_text("This part of the lesson could not be computed")).to_be_visible()
    expect(page.get_by_text("because an earlier step failed")).to_be_visible()
    expect(page.get_by_role("heading", name="Later text")).to_be_visible()
    expect(page.locator("#l3s1-words")).to_have_text("A step of this lesson failed.")
    view.expect_accessible()


def test_a_dead_kernel_is_said_with_a_way_back(sample: Server, visit: Visiting) -> None:
    view = visit(sample)
    page = view.open_lesson(f"{sample.address}{SAMPLE}?day=42")
    view.kernel_process(sample).kill()
    banner = page.get_by_role("alert").filter(has_text="The kernel has stopped.")
    expect(banner).to_be_visible()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    view.expect_accessible()
    view.take_picture("dead-kernel")
    page.get_by_role("button", name="Start the lesson again").click()
    expect(banner).to_be_hidden()
    expect(page.locator("html[data-l3s1-ready]")).to_be_attached()
    expect(page).to_have_url(re.compile(r"\?day=42$"))
    page.get_by_role("button", name="Ask Python").click()
    expect(page.get_by_text("asked", exact=True)).to_be_visible()


def test_a_server_that_has_gone_is_said(own_sample: Callable[..., Server], visit: Visiting) -> None:
    server = own_sample()
    page = visit(server).open_lesson(server.address + SAMPLE)
    server.stop()
    expect(page.locator("#l3s1-trouble")).to_be_visible()
    expect(page.locator("#l3s1-trouble").get_by_role("button")).to_be_visible()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()


def test_leaving_a_page_ends_its_kernel(sample: Server, visit: Visiting) -> None:
    view = visit(sample)
    page = view.open_lesson(sample.address + SAMPLE)
    process = view.kernel_process(sample)
    page.goto(sample.address)
    process.wait(timeout=60)


def test_figures_follow_the_theme_switch(sample: Server, visit: Visiting) -> None:
    page = visit(sample, scheme="light").open_lesson(sample.address + SAMPLE)
    colour = "getComputedStyle(document.querySelector('.xtick text')).fill"
    expect(page.locator(".xtick text").first).to_be_visible()
    light = page.evaluate(colour)
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(colour) != light


def test_below_a_base_url(own_sample: Callable[..., Server], visit: Visiting) -> None:
    server = own_sample("/user/ada/")
    view = visit(server)
    page = view.open_lesson(server.address + SAMPLE)
    expect(page.locator(".main-svg").first).to_be_visible()
    fetched = [url for url in view.requests if url.startswith("http")]
    assert [url for url in fetched if not url.startswith(server.address)] == []
    assert [url for url in fetched if url.endswith(PLOTLY_FILE)] == [
        f"{server.address}l3s1/static/{PLOTLY_FILE}"
    ]
    view.expect_no_error()


def test_a_stock_server_gets_plotly_from_the_kernel(
    tmp_path: Path, visit: Visiting, stock: Callable[..., Server]
) -> None:
    server = stock(tmp_path)
    view = visit(server)
    page = view.open(server.address)
    expect(page.locator(".main-svg").first).to_be_visible()
    assert view.socket_bytes > 1_000_000
