"""What is exported as QTI, delivered and scored by a player that knows nothing of the course.

Citolab's player plays QTI 3.0. It gets what the course writes as 3.0, and what Citolab's converter
makes of what the course writes as 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from qti_convert import upgrade_qti2_to_qti3
from tests.assessment.test_scoring import CASES, record
from tests.browser.conftest import PATIENCE_MS, PICTURES, ROOT

from l3s1.assessment.exchange import qti, qti3
from l3s1.assessment.exchange.markup import xml_bytes
from l3s1.assessment.exchange.portable import DISCLAIMER, Portable, carry
from l3s1.content import Item, Ordering, load_content

PLAYER = ROOT / "widgets/frontend/node_modules/@citolab/qti-components/cdn/index.global.js"


def placed(item: Item) -> Item:
    """An item of the fixture, put where the course has something for it to carry."""
    return replace(
        item,
        lesson="00",
        objective="read-evidence-marks",
        facts=("brace-trials-feng-2024",),
    )


ITEMS: list[tuple[Item, list[dict[str, Any]]]] = [
    (placed(record(dict(case["item"]))), case["scores"])
    for case in CASES
    if case["item"]["type"] != "find_in_3d"
]


def portable(item: Item) -> Portable:
    (carried,) = carry(load_content(), [item]).items
    return carried


def as_version_3(item: Item) -> str:
    return xml_bytes(qti3.upgraded(qti.assessment_item(portable(item), ""))).decode()


def from_version_2(item: Item) -> str:
    converted: str = upgrade_qti2_to_qti3(xml_bytes(qti.assessment_item(portable(item), "")))
    return converted


@pytest.fixture(scope="module")
def player(browser: Browser) -> Iterator[Page]:
    """A page with the player in it and nothing else."""
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.set_default_timeout(PATIENCE_MS)
    page.set_content("<!doctype html><html lang='en'><title>Player</title><main></main>")
    page.add_script_tag(path=PLAYER)
    yield page
    page.close()


def deliver(page: Page, xml: str) -> Locator:
    """Show an item, and wait until it can be answered."""
    page.evaluate(
        """(xml) => {
            const container = document.createElement("item-container");
            container.itemXML = xml;
            const item = document.createElement("qti-item");
            item.append(container);
            document.querySelector("main").replaceChildren(item);
        }""",
        xml,
    )
    item = page.locator("qti-assessment-item")
    expect(item.locator("qti-item-body")).to_be_visible()
    page.wait_for_function(
        """() => document.querySelector("item-container").shadowRoot
            .querySelector("qti-assessment-item").variables.some((v) => v.identifier === "SCORE")"""
    )
    return item


def outcome(item: Locator, response: str | list[str]) -> dict[str, Any]:
    """Answer, and return what the player makes of it: every outcome by its identifier."""
    found: dict[str, Any] = item.evaluate(
        """(item, response) => {
            item.updateResponseVariable("RESPONSE", response);
            item.processResponse();
            return Object.fromEntries(item.variables.map((each) => [each.identifier, each.value]));
        }""",
        response,
    )
    return found


def in_qti(item: Item, response: Any) -> str | list[str]:
    """A response of the course as QTI has it."""
    if isinstance(response, dict):
        return [f"p_{prompt} c_{choice}" for prompt, choice in response.items()]
    return response if isinstance(response, list) else str(response)


@pytest.mark.parametrize("written", [as_version_3, from_version_2])
def test_a_player_scores_as_the_course_does(player: Page, written: Any) -> None:
    for item, scores in ITEMS:
        xml = written(item)
        for case in scores:
            found = outcome(deliver(player, xml), in_qti(item, case["response"]))
            # of an order QTI can tell only whether all of it is right
            share = float(case["correct"]) if isinstance(item, Ordering) else case["share"]
            assert float(found["SCORE"]) == pytest.approx(share, abs=5e-4), (item.id, case)


def test_a_person_can_answer_and_is_told_why(player: Page) -> None:
    """By mouse and keys: one window opens, with the feedback of that answer and its sources."""
    items = {item.type: item for item, _ in ITEMS}
    item = deliver(player, as_version_3(items["single_best_answer"]))
    item.locator("qti-simple-choice", has_text="Choice a").click()
    assert told(item).startswith("About a.")
    item = deliver(player, as_version_3(items["multiple_response"]))
    for choice in ("Choice a", "Choice b"):
        item.locator("qti-simple-choice", has_text=choice).click()
    assert "Applies: Choice c." in told(item)
    item = deliver(player, as_version_3(items["numeric"]))
    item.locator("qti-text-entry-interaction input").press_sequentially("3")
    assert told(item).startswith("It is ")
    player.screenshot(path=PICTURES / "qti-player.png")


def told(item: Locator) -> str:
    """Submit, and return the feedback that is shown: there is one, and it names its sources."""
    item.evaluate("(item) => item.processResponse()")
    shown = item.locator("qti-modal-feedback p:visible")
    expect(shown.last).to_contain_text(DISCLAIMER, timeout=15_000)
    assert shown.filter(has_text=DISCLAIMER).count() == 1
    return " ".join(" ".join(shown.all_inner_texts()).split())
