"""Every ready lesson, in Voilà and in JupyterLab."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Dialog, expect

from l3s1.content import lessons_folder, load_content
from l3s1.scene.plotly_bundle import PLOTLY_FILE

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

READY = [lesson for lesson in load_content().lessons.values() if lesson.status == "ready"]
NOTEBOOKS = [lesson.notebook for lesson in READY]
LINKED = [each for each in NOTEBOOKS if each[:2] in {"01", "02", "09"}]
"""Lessons whose state is in their link."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_lesson_opens(
    course: Server, visit: Visiting, notebook: str, width: int, scheme: str
) -> None:
    view = visit(course, width=width, scheme=scheme)
    page = view.open_lesson(f"{course.address}voila/render/{notebook}")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main .failed")).to_have_count(0)
    expect(page.locator("fieldset").first).to_be_visible()
    for place in page.locator(".place.waits").all():
        expect(place).not_to_be_empty()
    view.take_picture(f"{notebook.removesuffix('.ipynb')}-{width}-{scheme}")
    assert view.sideways_scroll() == 0
    view.expect_accessible()
    view.expect_no_error()
    view.expect_no_outside_request()


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_lesson_is_light_on_the_wire(course: Server, visit: Visiting, notebook: str) -> None:
    view = visit(course)
    page = view.open_lesson(f"{course.address}voila/render/{notebook}")
    page.wait_for_load_state("networkidle")
    first = [url for url in view.requests if PLOTLY_FILE in url]
    assert len(first) <= 1
    assert view.socket_bytes <= 300_000
    assert view.http_bytes <= 4_000_000
    view.forget()
    page.reload(wait_until="commit")
    view.wait_for_figures()
    page.wait_for_load_state("networkidle")
    assert len([url for url in view.requests if PLOTLY_FILE in url]) == len(first)
    assert [url for url in view.fetched if "/l3s1/" in url or "/labextensions/" in url] == []
    assert view.http_bytes <= 100_000
    assert view.socket_bytes <= 300_000


@pytest.mark.parametrize("notebook", LINKED)
@pytest.mark.parametrize(
    "query",
    [
        "day=%3Cscript%3Ealert(1)%3C/script%3E&show=%22%3E%3Cimg%20src%3Dx%3E",
        "day=1e999&x",
        "structure=%22%3E%3Cimg%20src%3Dx%3E&mode=ghost&section=axial:1e999&view=%00",
    ],
)
def test_hostile_links_open_the_lesson(
    course: Server, visit: Visiting, notebook: str, query: str
) -> None:
    view = visit(course)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    view.page.on("dialog", note)
    page = view.open_lesson(f"{course.address}voila/render/{notebook}?{query}")
    expect(page.locator("main .failed")).to_have_count(0)
    assert page.locator("main img[src=x]").count() == 0
    assert dialogs == []
    view.expect_no_error()


def digests(folder: Path) -> dict[str, str]:
    """The notebooks' contents, to see that nothing has been written."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ipynb")
    }


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_lesson_runs_in_jupyterlab(lab: Server, visit: Visiting, notebook: str) -> None:
    before = digests(lessons_folder())
    view = visit(lab)
    found = re.search(r"token=(\w+)", lab.address)
    assert found
    page = view.open(f"{lab.origin}/lab/tree/{notebook}?reset&token={found.group(1)}")
    panel = page.locator(".jp-NotebookPanel:visible")
    # idle is also said before there is a kernel, and running a cell would then ask for one
    expect(panel.locator(".jp-Toolbar-kernelName")).to_contain_text("Python 3")
    expect(panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
        "data-status", "idle"
    )
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(panel.locator("fieldset").first).to_be_visible()
    expect(panel.locator(".jp-InputPrompt", has_text="[*]:")).to_have_count(0)
    expect(panel.locator('[data-mime-type="application/vnd.jupyter.stderr"]')).to_have_count(0)
    view.take_picture(f"lab-{notebook.removesuffix('.ipynb')}")
    assert len([url for url in view.requests if PLOTLY_FILE in url]) <= 1
    view.expect_no_error()
    view.expect_no_outside_request()
    assert digests(lessons_folder()) == before
