"""Virtual patients in a browser: by keyboard alone, over reloads, back from harm, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.content import Case, load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/04-indications.ipynb"
CASE = "marta"
MOST_TABS = 60


def case() -> Case:
    return load_content().cases[CASE]


def open_case(course: Server, view: Visit) -> tuple[Page, Locator]:
    page = view.open_lesson(f"{course.address}{LESSON}?case={CASE}")
    cases = page.locator(".l3s1-cases")
    expect(cases.locator(".l3s1-case-heading")).to_be_attached()
    return page, cases


def decide(cases: Locator, rating: str) -> str:
    """Take the choice of that rating at the decision that is shown; returns its node."""
    form = cases.locator("form[data-node]")
    node = case().nodes[form.get_attribute("data-node") or ""]
    choice = next(each for each in node.choices if each.rating == rating)
    form.locator(f"input[value={choice.id}]").check()
    form.get_by_role("button", name="Decide").click()
    expect(cases.locator(".l3s1-case-heading")).to_be_focused()
    expect(cases.locator(".l3s1-case-heading")).to_contain_text(rating)
    return node.id


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says `words`."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(() => { const at = document.activeElement;"
            " return (at.closest('label') ?? at).textContent; })()"
        )
        if words in said:
            return
    raise AssertionError(f"Tab never came to {words!r}")


def test_a_case_is_played_to_its_end_by_keyboard_alone(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page, cases = open_case(course, view)
    heading = cases.locator(".l3s1-case-heading")
    cases.get_by_role("button", name="Begin").focus()
    view.forget()
    page.keyboard.press("Enter")
    expect(heading).to_be_focused()
    tab_to(page, case().findings["red-flags"].label)
    page.keyboard.press("Enter")
    expect(cases.locator("[data-finding=red-flags]")).to_be_focused()
    expect(cases.locator("[data-finding=red-flags]")).to_contain_text("No fever")
    while cases.locator("form[data-node]").count():
        node = case().nodes[cases.locator("form[data-node]").get_attribute("data-node") or ""]
        tab_to(page, node.choices[0].text)
        page.keyboard.press("Space")
        tab_to(page, "Decide")
        page.keyboard.press("Enter")
        expect(heading).to_contain_text("Your choice")
        expect(heading).to_be_focused()
        ends = cases.get_by_role("button", name="See how it ends").count()
        tab_to(page, "See how it ends" if ends else "Go on")
        page.keyboard.press("Enter")
        expect(heading).to_contain_text("How it ended" if ends else "Decision")
        expect(heading).to_be_focused()
    expect(cases.locator("tbody tr").last).to_contain_text("a good end")
    assert view.socket_bytes < 2_000
    view.expect_no_error()
    view.expect_no_outside_request()


def test_a_reload_goes_on_where_one_was(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page, cases = open_case(course, view)
    cases.get_by_role("button", name="Begin").click()
    cases.get_by_role("button", name=case().findings["mri"].label).click()
    decide(cases, "best")
    page.reload()
    view.wait_for_figures()
    expect(cases.locator(".l3s1-case-heading")).to_have_text("Your choice: ✓best")
    cases.get_by_role("button", name="Go on").click()
    page.reload()
    view.wait_for_figures()
    expect(cases.locator(".l3s1-case-heading")).to_contain_text("Decision 2")
    cases.get_by_text("Known from before (1)").click()
    expect(cases.locator("[data-finding=mri]")).to_contain_text(case().findings["mri"].result)
    cases.get_by_role("button", name="All cases").click()
    expect(cases.locator("[data-case=marta]")).to_have_text("Go on: case 1, " + case().title)
    assert "case=" not in page.url


def test_a_harmful_turn_is_taken_back_after_a_reason(course: Server, visit: Visiting) -> None:
    view = visit(course)
    _, cases = open_case(course, view)
    cases.get_by_role("button", name="Begin").click()
    for _ in range(2):
        decide(cases, "best")
        cases.get_by_role("button", name="Go on").click()
    node = decide(cases, "harmful")
    cases.get_by_role("button", name="Take this turn back").click()
    expect(cases.locator("textarea")).to_be_focused()
    cases.get_by_role("button", name="Take it back").click()
    expect(cases.locator(".l3s1-case-back [role=status]")).to_contain_text("Write in a sentence")
    cases.locator("textarea").fill("Nobody has studied three levels for this pain.")
    cases.get_by_role("button", name="Take it back").click()
    expect(cases.locator("form[data-node]")).to_have_attribute("data-node", node)
    expect(cases.locator(".l3s1-case-heading")).to_contain_text("Decision 3")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_of_a_case_is_accessible(
    course: Server, visit: Visiting, width: int, scheme: str
) -> None:
    view = visit(course, width=width, scheme=scheme)
    page, cases = open_case(course, view)
    cases.get_by_role("button", name="All cases").click()
    view.expect_accessible(".l3s1-cases")
    cases.locator(f"[data-case={CASE}]").click()
    view.expect_accessible(".l3s1-cases")
    cases.get_by_role("button", name="Begin").click()
    start = cases.locator(".l3s1-case-when").first
    expect(start).to_have_text("first meeting")
    assert start.evaluate("it => it.getBoundingClientRect().left") >= 0
    cases.locator(".l3s1-case-request").first.click()
    view.expect_accessible(".l3s1-cases")
    while cases.locator("form[data-node]").count():
        node = case().nodes[cases.locator("form[data-node]").get_attribute("data-node") or ""]
        decide(cases, max(node.choices, key=lambda each: each.rating != "best").rating)
        if cases.get_by_role("button", name="Take this turn back").count():
            cases.get_by_role("button", name="Take this turn back").click()
        view.expect_accessible(".l3s1-cases")
        cases.get_by_role("button", name="Go on").or_(
            cases.get_by_role("button", name="See how it ends")
        ).click()
        expect(cases.locator(".l3s1-case-heading")).not_to_contain_text("Your choice")
    view.expect_accessible(".l3s1-cases")
    assert view.sideways_scroll() == 0
    view.take_picture(f"case-end-{width}-{scheme}")
    small = page.evaluate(
        "[...document.querySelectorAll('.l3s1-cases :is(button, a, textarea)')]"
        ".filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44)"
        ".map((one) => one.textContent)"
    )
    assert small == []
