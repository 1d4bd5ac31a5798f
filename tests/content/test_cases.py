"""Virtual patients as data: refused where wrong, with case, node and remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError
from l3s1.content.cases import Time
from l3s1.content.personal_risk import personal_risks

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

FILE = "cases/made-up"
FIRST, SEEN, WAITED, VISIT = 0, 1, 2, 3


def _node(place: int, **change: Any) -> Any:
    return lambda data: data["nodes"][place].update(change)


def _choice(place: int, index: int, **change: Any) -> Any:
    return lambda data: data["nodes"][place]["choices"][index].update(change)


def _case(**change: Any) -> Any:
    return lambda data: data.update(change)


def _finding(place: int, **change: Any) -> Any:
    return lambda data: data["findings"][place].update(change)


def _without(place: int, index: int | None, *keys: str) -> Any:
    def spoil(data: dict[str, Any]) -> None:
        part = data["nodes"][place]
        part = part if index is None else part["choices"][index]
        for key in keys:
            del part[key]

    return spoil


def _unverified_fact(data: dict[str, Any]) -> None:
    data["debrief"][0]["facts"] = ["made-up-custom"]


def _only_at_the_visit(data: dict[str, Any]) -> None:
    data["nodes"][FIRST]["findings"] = ["look", "picture"]
    data["nodes"][VISIT]["findings"] = ["ask-when", "look"]


def _orphan(data: dict[str, Any]) -> None:
    data["nodes"].append({**data["nodes"][SEEN], "id": "orphan"})


SPOILT: dict[str, tuple[Any, str, str]] = {
    "not fictional": (_case(person="A 50-year-old tester"), "person", "wrong form"),
    "no such start": (_case(start="nowhere"), "start", "the case has no node 'nowhere'"),
    "starts late": (_case(start="seen"), "start", "'seen' is no decision"),
    "no such lesson": (_case(lesson="77"), "lesson", "there is no lesson '77'"),
    "no such objective": (
        _case(objectives=["fly-high"]),
        "objectives",
        "no lesson has an objective",
    ),
    "file name": (_case(id="other-name"), "id", "is not the file's name"),
    "unknown field": (_case(colour="red"), "colour", "unknown field 'colour'"),
    "decision without choices": (
        _without(VISIT, None, "choices"),
        "nodes[visit]",
        "lacks 'choices'",
    ),
    "end that goes on": (_node(4, next="seen"), "nodes[well]", "a node of kind end"),
    "no source": (
        _without(FIRST, 1, "fictional"),
        "nodes[first-call].choices[b]",
        "a choice, which",
    ),
    "no feedback": (
        _without(FIRST, 1, "feedback"),
        "nodes[first-call].choices[b]",
        "lacks 'feedback'",
    ),
    "two choices": (
        lambda data: data["nodes"][VISIT].update(choices=data["nodes"][VISIT]["choices"][:2]),
        "nodes[visit].choices",
        "",
    ),
    "nothing is best": (_choice(VISIT, 0, rating="poor"), "nodes[visit].choices", "rated best"),
    "all is best": (
        lambda data: [each.update(rating="best") for each in data["nodes"][VISIT]["choices"]],
        "nodes[visit].choices",
        "every choice is rated best",
    ),
    "id twice": (_choice(VISIT, 1, id="a"), "nodes[visit].choices[a]", "'a' stands twice"),
    "node twice": (_node(WAITED, id="seen"), "nodes[seen]", "'seen' stands twice"),
    "same feedback": (
        _choice(VISIT, 1, feedback="Nothing that was found asks for it."),
        "nodes[visit].choices",
        "the same feedback",
    ),
    "leads nowhere": (
        _choice(VISIT, 1, next="nowhere"),
        "nodes[visit].choices[b].next",
        "no node 'nowhere'",
    ),
    "never reached": (_orphan, "nodes[orphan]", "no choice leads to 'orphan'"),
    "circle": (_choice(VISIT, 1, next="seen"), "nodes[", "leads back to itself"),
    "time runs backwards": (
        _node(WAITED, at={"amount": 2, "unit": "hours"}),
        "nodes[waited].at",
        "is earlier than 'first-call'",
    ),
    "no such finding": (
        _node(VISIT, findings=["look", "blood"]),
        "nodes[visit].findings",
        "no finding 'blood'",
    ),
    "finding for nobody": (
        lambda data: [
            each.update(findings=["ask-when", "look"])
            for each in (data["nodes"][0], data["nodes"][3])
        ],
        "findings[picture]",
        "can be asked for nowhere",
    ),
    "needed and needless": (
        _finding(1, needless="Nobody has to look at a back."),
        "findings[look].needless",
        "is called needless, and a choice needs it",
    ),
    "need unknown": (_choice(VISIT, 0, needs=["blood"]), "needs", "no finding 'blood'"),
    "need too early": (_only_at_the_visit, "nodes[first-call].choices[a].needs", "on every way"),
    "no such fact": (
        _choice(FIRST, 0, facts=["ghost-fact"]),
        "choices[a].facts",
        "no fact 'ghost-fact'",
    ),
    "unverified": (_unverified_fact, "debrief", "reads like a finding"),
    "placeholder": (_choice(FIRST, 0, feedback="It takes {never} days."), "feedback", "{never}"),
    "risk of one": (
        _choice(VISIT, 0, feedback="With this, her risk of trouble is 12 %."),
        "nodes[visit].choices[a].feedback",
        "gives one person a risk",
    ),
    "risk in a text": (
        _node(4, text="The tester is told: you have a 90 % chance of work."),
        "nodes[well].text",
        "gives one person a risk",
    ),
    "path elsewhere": (_case(expert=[["visit", "a"]]), "expert", "has come to 'first-call'"),
    "path not best": (
        _case(expert=[["first-call", "b"], ["visit", "a"]]),
        "expert",
        "which is rated poor",
    ),
    "path unfinished": (_case(expert=[["first-call", "a"]]), "expert", "stops at 'visit'"),
    "path too long": (
        _case(expert=[["first-call", "a"], ["visit", "a"], ["visit", "a"]]),
        "expert",
        "goes on after the end",
    ),
    "path without choice": (_case(expert=[["first-call", "e"]]), "expert", "no choice 'e'"),
    "path ends badly": (_node(4, outcome="bad"), "expert", "ends badly"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_cases_are_refused_with_place_and_remedy(
    content_folder: ContentFolder, name: str
) -> None:
    spoil, where, wrong = SPOILT[name]
    custom = content_folder.read("facts/stay")["facts"][0]
    custom |= {"id": "made-up-custom", "trust": "unverified", "note": "Not sourced."}
    content_folder.write("facts/custom", {"facts": [custom]})
    data = content_folder.read(FILE)
    spoil(data)
    content_folder.write(FILE, data)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if wrong in line and where in line]
    assert lines, str(caught.value)
    assert re.search(rf"assets/{FILE}\.yaml:\d+: \S+: .+; .+", lines[0])


def test_two_cases_do_not_share_a_number(content_folder: ContentFolder) -> None:
    content_folder.write("cases/second", {**content_folder.read(FILE), "id": "second"})
    with pytest.raises(
        ContentError, match=r"second\.yaml:\d+: number: is the number of case 'made-up'"
    ):
        content_folder.load()


def test_an_unverified_fact_may_be_told_as_a_convention(content_folder: ContentFolder) -> None:
    custom = content_folder.read("facts/stay")["facts"][0]
    custom |= {"id": "made-up-custom", "trust": "unverified", "note": "Not sourced."}
    content_folder.write("facts/custom", {"facts": [custom]})
    data = content_folder.read(FILE)
    data["debrief"] = [{"text": "By convention the tester waits.", "facts": ["made-up-custom"]}]
    content_folder.write(FILE, data)
    assert content_folder.load().cases["made-up"].facts[-1] == "made-up-custom"


def test_a_case_is_read_as_records_in_the_order_of_its_file(content_folder: ContentFolder) -> None:
    case = content_folder.load().cases["made-up"]
    assert case.nodes["first-call"].onward == ("seen", "waited", "lost")
    assert case.nodes["seen"].onward == ("visit",)
    assert case.nodes["well"].onward == ()
    assert case.findings["ask-when"].result.endswith("after 4 days of the stay.")
    assert list(case.findings) == ["ask-when", "look", "picture"]
    assert case.expert == (("first-call", "a"), ("visit", "a"))
    assert case.facts == ("made-up-stay",)


def test_times_are_compared_in_days() -> None:
    assert Time(90, "minutes").days == pytest.approx(1.5 / 24)
    assert Time(2, "weeks").days == 14


PERSONAL = (
    "Her risk of non-union is 12 %.",
    "Tell him that his own chance is one in ten.",
    "He has a 30 % chance of another operation.",
    "Ewa’s odds of infection are 3 per cent.",
    "The risk for you is 5%.",
)
OF_GROUPS = (
    "Of 4,000 people in a registry 6 % had another operation; the risk is not hers to read off.",
    "Smokers' risk was higher in nine cohorts. She smokes, and 20 % of the cohort did.",
    "Her risk can't be told as a number.",
    "Nine in ten were satisfied, in people with one level.",
    "The odds were 2.1 in smokers.",
)


@pytest.mark.parametrize("text", PERSONAL)
def test_a_risk_of_one_person_is_found(text: str) -> None:
    assert list(personal_risks(text, ("Ewa",)))


@pytest.mark.parametrize("text", OF_GROUPS)
def test_a_risk_of_a_group_may_be_told(text: str) -> None:
    assert not list(personal_risks(text, ("Ewa",)))
