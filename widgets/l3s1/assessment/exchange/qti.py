"""QTI 2.1: an item as an assessmentItem.

Identifiers follow from the items' ids. What is said to an answer is in modalFeedback, one for each
choice of a single best answer, else one that explains every part; each ends with the sources, so
that a player that opens feedback in a window opens one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from l3s1.assessment.exchange import qti_rules as rules
from l3s1.assessment.exchange.markup import element, labelled, pair, paragraphs, sources
from l3s1.assessment.exchange.portable import COURSE, disordered, may_be_shuffled
from l3s1.content import (
    ExtendedMatching,
    Matching,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)
from l3s1.content.numbers import say_number, say_unit

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from l3s1.assessment.exchange.portable import Portable
    from l3s1.content import Choice, Item

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"

_EXPLAINED = "EXPLAINED"
"""The feedback that explains every part of an item."""


@dataclass(frozen=True)
class _Parts:
    """What the type of an item decides of its assessmentItem."""

    declaration: ET.Element
    body: list[ET.Element]
    processing: list[ET.Element]
    feedback: dict[str, list[ET.Element]]


def identifier(item: str) -> str:
    """An item's identifier: it begins with a letter, as QTI wants it."""
    return f"{COURSE}-{item}"


def interaction_of(item: Item) -> str:
    """The kind of interaction that an item is answered with."""
    match item:
        case SingleBestAnswer() | MultipleResponse():
            return "choiceInteraction"
        case Numeric():
            return "textEntryInteraction"
        case Ordering():
            return "orderInteraction"
        case Matching():
            return "matchInteraction"
    raise _unknown(item)


def assessment_item(item: Portable, pictures: str) -> ET.Element:
    """The item; `pictures` is the way from its file to the folder of the pictures, with a slash."""
    parts = _parts(item, pictures)
    attributes = {
        "xmlns": NAMESPACE,
        "xmlns:xsi": INSTANCE,
        "xsi:schemaLocation": SCHEMA,
        "identifier": identifier(item.id),
        "title": f"{item.item.lesson} {item.id}",
        "xml:lang": "en-GB",
        "adaptive": "false",
        "timeDependent": "false",
        "toolName": COURSE,
    }
    return element(
        "assessmentItem",
        parts.declaration,
        rules.outcome("SCORE", "single", "float", "0"),
        rules.outcome("MAXSCORE", "single", "float", "1"),
        rules.outcome(rules.FEEDBACK, "single", "identifier"),
        element("itemBody", *parts.body),
        rules.processing(parts.processing),
        *(_modal_feedback(name, [*said, *sources(item)]) for name, said in parts.feedback.items()),
        attributes=attributes,
    )


def _modal_feedback(name: str, content: Sequence[ET.Element]) -> ET.Element:
    shown = {"outcomeIdentifier": rules.FEEDBACK, "showHide": "show", "identifier": name}
    return element("modalFeedback", *content, attributes=shown)


def _unknown(item: Item) -> TypeError:
    return TypeError(f"item {item.id!r} is of a type that QTI is not told of: {item.type!r}")


def _parts(item: Portable, pictures: str) -> _Parts:
    of = item.item
    match of:
        case SingleBestAnswer():
            return _single(of)
        case MultipleResponse():
            return _multiple(of)
        case Numeric():
            return _numeric(of)
        case Ordering():
            return _ordering(of)
        case Matching():
            return _matching(of, item, pictures)
    raise _unknown(of)


def _asked(item: Item) -> tuple[list[ET.Element], ET.Element]:
    """The stem: what stands before the interaction, and its prompt."""
    *before, last = [line for line in item.stem.splitlines() if line.strip()]
    return [element("p", line) for line in before], element("prompt", last)


def _interaction(
    name: str, content: Sequence[ET.Element], attributes: dict[str, str]
) -> ET.Element:
    return element(name, *content, attributes={"responseIdentifier": rules.RESPONSE, **attributes})


def _choice_body(item: SingleBestAnswer | MultipleResponse, most: int) -> list[ET.Element]:
    before, prompt = _asked(item)
    shuffle = may_be_shuffled([each.text for each in item.choices], item.use)
    choices = [_simple_choice(each) for each in item.choices]
    attributes = {"shuffle": str(shuffle).lower(), "maxChoices": str(most)}
    return [*before, _interaction("choiceInteraction", [prompt, *choices], attributes)]


def _simple_choice(choice: Choice) -> ET.Element:
    return element("simpleChoice", choice.text, attributes={"identifier": choice.id})


def _single(item: SingleBestAnswer) -> _Parts:
    return _Parts(
        rules.response("single", "identifier", [item.key]),
        _choice_body(item, 1),
        [
            rules.if_else(rules.is_correct(), [rules.set_score(rules.number(1))], []),
            rules.say(rules.variable(rules.RESPONSE)),
        ],
        {each.id: paragraphs(each.feedback) for each in item.choices},
    )


def _multiple(item: MultipleResponse) -> _Parts:
    points = {each.id: 1 if each.id in item.keys else -1 for each in item.choices}
    explained = [
        element("li", labelled(f"{_verdict(points[each.id])}: {each.text}.", each.feedback))
        for each in item.choices
    ]
    return _Parts(
        rules.response("multiple", "identifier", item.keys, points),
        _choice_body(item, 0),
        [
            rules.set_score(rules.mapped_share(len(item.keys))),
            rules.say(rules.name(_EXPLAINED)),
        ],
        {_EXPLAINED: [element("ul", *explained)]},
    )


def _verdict(points: int) -> str:
    return "Applies" if points > 0 else "Does not apply"


def _numeric(item: Numeric) -> _Parts:
    answer = item.answer
    unit = say_unit(answer.unit)
    entry = _interaction("textEntryInteraction", [], {"expectedLength": "10"})
    asked = element("p", "Answer: ", entry, f" {unit}" if unit else "")
    low, high = rules.bounds(answer.number, answer.tolerance)
    right = say_number(answer.number, answer.unit)
    return _Parts(
        rules.response("single", "float", [rules.plain(answer.number)]),
        [*paragraphs(item.stem), asked],
        [
            rules.if_else(
                rules.between(low, high),
                [rules.set_score(rules.number(1)), rules.say(rules.name("RIGHT"))],
                [
                    rules.if_else(
                        rules.less_than(low),
                        [rules.say(rules.name("LOW"))],
                        [rules.say(rules.name("HIGH"))],
                    )
                ],
            )
        ],
        {
            "RIGHT": paragraphs(item.feedback["right"]),
            "LOW": [labelled(f"It is {right}.", item.feedback["low"])],
            "HIGH": [labelled(f"It is {right}.", item.feedback["high"])],
        },
    )


def _ordering(item: Ordering) -> _Parts:
    before, prompt = _asked(item)
    choices = [_simple_choice(each) for each in disordered(item)]
    explained = [element("li", labelled(each.text, each.feedback)) for each in item.entries]
    return _Parts(
        rules.response("ordered", "identifier", [each.id for each in item.entries]),
        [*before, _interaction("orderInteraction", [prompt, *choices], {"shuffle": "true"})],
        [
            rules.if_else(rules.is_correct(), [rules.set_score(rules.number(1))], []),
            rules.say(rules.name(_EXPLAINED)),
        ],
        {_EXPLAINED: [element("p", "The right order:"), element("ol", *explained)]},
    )


def _matching(item: Matching, portable: Portable, pictures: str) -> _Parts:
    before, prompt = _asked(item)
    if picture := portable.picture:
        image = {"src": f"{pictures}{picture.name}", "alt": picture.words}
        before.append(element("p", element("img", attributes=image)))
    again = isinstance(item, ExtendedMatching)
    if isinstance(item, ExtendedMatching):
        before.append(element("p", f"{item.theme}. A choice may serve more than once."))
    texts = {each.id: each.text for each in item.choices}
    fixed = not may_be_shuffled(list(texts.values()), item.use)
    pairs = {f"p_{each.id} c_{each.key}": 1 for each in item.prompts}
    explained = [
        element("li", labelled(pair(each.text, texts[each.key]), each.feedback))
        for each in item.prompts
    ]
    sets = [
        _match_set([(f"p_{each.id}", each.text) for each in item.prompts], 1, fixed=True),
        _match_set(
            [(f"c_{each.id}", each.text) for each in item.choices], int(not again), fixed=fixed
        ),
    ]
    attributes = {"shuffle": "true", "maxAssociations": str(len(item.prompts))}
    return _Parts(
        rules.response("multiple", "directedPair", list(pairs), pairs),
        [*before, _interaction("matchInteraction", [prompt, *sets], attributes)],
        [
            rules.set_score(rules.mapped_share(len(item.prompts))),
            rules.say(rules.name(_EXPLAINED)),
        ],
        {_EXPLAINED: [element("p", "The right pairs:"), element("ul", *explained)]},
    )


def _match_set(choices: Sequence[tuple[str, str]], most: int, *, fixed: bool) -> ET.Element:
    return element(
        "simpleMatchSet",
        *(
            element(
                "simpleAssociableChoice",
                text,
                attributes={
                    "identifier": name,
                    "fixed": str(fixed).lower(),
                    "matchMax": str(most),
                },
            )
            for name, text in choices
        ),
    )
