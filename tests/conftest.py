"""What all tests share: a small content folder that is right, to be spoilt at will."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from l3s1.content import Content, course_root, load_content
from l3s1.content.item_ids import IDS_FILE, write_ids

Tree = dict[str, Any]

FIXTURES = Path(__file__).parent / "fixtures"


class ContentFolder:
    """A copy of the schemas with a minimal content that passes; tests change it and load it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(course_root() / "assets" / "schemas", root / "assets" / "schemas")
        for name, document in minimal_documents().items():
            self.write(name, document)

    def path(self, name: str) -> Path:
        """Path of an asset such as `facts/stay`."""
        return self.root / "assets" / f"{name}.yaml"

    def write(self, name: str, document: Tree | str) -> None:
        """Write an asset, as data or as raw text."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        if name.startswith("items/"):
            self.register()

    def register(self) -> None:
        """List the ids of the items that are there now, as far as they can be read."""
        types: dict[str, str] = {}
        for path in (self.root / "assets" / "items").glob("*.yaml"):
            with contextlib.suppress(yaml.YAMLError, TypeError, KeyError):
                document = yaml.safe_load(path.read_text(encoding="utf-8"))
                types |= {each["id"]: each["type"] for each in document["items"]}
        (self.root / IDS_FILE).write_text(write_ids(types), encoding="utf-8")

    def read(self, name: str) -> Tree:
        """An asset's data."""
        data: Tree = yaml.safe_load(self.path(name).read_text(encoding="utf-8"))
        return data

    def load(self) -> Content:
        """Load it."""
        return load_content(self.root)


def minimal_documents() -> dict[str, Tree]:
    """One record of each kind, all fictional."""
    fact = {
        "id": "made-up-stay",
        "topic": "hospital_stay",
        "statement": "A made-up statement for the tests.",
        "values": [
            {
                "name": "stay",
                "label": "stay",
                "unit": "d",
                "estimate": 4,
                "statistic": "mean",
                "low": 3,
                "high": 7,
                "spread": "range",
            }
        ],
        "population": "nobody",
        "levels": [1],
        "design": "cohort",
        "trust": "abstract",
        "reference": "nobody-2000",
    }
    take = {"fact": "made-up-stay", "value": "stay"}
    phase = {
        "id": "in-hospital",
        "lane": "hospital_and_wound",
        "label": "In hospital",
        "kind": "milestone",
        "earliest": {**take, "take": "low"},
        "usual": {**take, "take": "estimate"},
        "latest": {**take, "take": "high"},
        "before": "Not yet.",
        "during": "Now.",
        "after": "Past.",
        "facts": ["made-up-stay"],
    }
    patient = {
        "id": "smoking",
        "label": "Smoking",
        "options": [{"id": "any", "label": "not stated"}, {"id": "smokes", "label": "smokes"}],
        "effects": [
            {
                "option": "smokes",
                "row": "in-hospital",
                "kind": "moves",
                "usual": {**take, "take": "high"},
                "says": "Stays {stay:high}, others {stay}; {stay:interval} in all.",
                "facts": ["made-up-stay"],
            }
        ],
        "no_evidence": "Nothing else was looked for.",
    }
    choices = [
        {"id": each, "text": f"Choice {each}", "feedback": f"Because of {each}."} for each in "abc"
    ]
    item = {
        "id": "item-one",
        "lesson": "09",
        "objective": "say-when",
        "use": "check",
        "level": "recall",
        "type": "single_best_answer",
        "stem": "Which?",
        "choices": choices,
        "key": "b",
        "facts": ["made-up-stay"],
        "note": "For the tests.",
    }
    lesson = {
        "number": "09",
        "slug": "recovery-phases",
        "title": "Recovery",
        "summary": "A made-up lesson for the tests.",
        "minutes": 20,
        "status": "ready",
        "timeline": "recovery",
        "objectives": [
            {"id": "say-when", "text": "say when", "taught_by": {"heading": "The timeline"}}
        ],
        "take_home": [{"text": "A point.", "facts": ["made-up-stay"]}],
    }
    structure = {
        "id": "made-up-part",
        "name": "part",
        "structures": ["*"],
        "what": "A made-up part for the tests.",
        "surgeon": "Nobody cares about a made-up part.",
        "numbers": [{"label": "stay", "fact": "made-up-stay", "values": ["stay"]}],
        "facts": [],
        "confused_with": [],
    }
    comparison = {
        "id": "made-up-comparison",
        "label": "Angle",
        "structure": "made-up-part",
        "unit": "deg",
        "series": [{"label": "nobody", "fact": "made-up-angle", "values": {"L3": "l3"}}],
        "change": "Nothing changes.",
        "matters": "Nothing follows.",
        "facts": ["made-up-angle"],
    }
    angle = {
        "id": "made-up-angle",
        "topic": "anatomy_bones",
        "statement": "A made-up angle for the tests.",
        "values": [
            {
                "name": "l3",
                "label": "L3",
                "where": "L3",
                "unit": "deg",
                "estimate": 15,
                "statistic": "mean",
            }
        ],
        "population": "nobody",
        "design": "anatomical_series",
        "trust": "abstract",
        "reference": "nobody-2000",
    }
    variant = {
        "id": "made-up-variant",
        "label": "Variant",
        "kind": "share",
        "unit": "%",
        "low": 0,
        "high": 50,
        "default": 0,
        "text": "A made-up variant for the tests.",
        "facts": ["made-up-angle"],
        "marks": [{"label": "limit", "fact": "made-up-angle", "value": "l3"}],
    }
    odds = {**fact, "id": "made-up-ratio", "topic": "nerves_examination"}
    odds["values"] = [
        {"name": "with_sign", "label": "LR+", "unit": "ratio", "estimate": 3, "statistic": "ratio"},
        {"name": "often", "label": "often", "unit": "%", "estimate": 40, "statistic": "share"},
    ]
    del odds["levels"]
    nothing: list[str] = []
    named = {"facts": ["made-up-ratio"]}
    nerves = [
        {"kind": "area", "id": "skin", "label": "skin", "views": ["front"]},
        {"kind": "movement", "id": "bend", "label": "bending", "muscle": "a muscle"},
        *(
            {
                "kind": "sign",
                "id": f"{prefix}_{where}",
                "type": kind,
                "label": "A sign",
                "absent_label": "normal",
                "how": "Look for it.",
                "where": where,
                "accuracy": [
                    {
                        "study": "study",
                        "root": "L4",
                        "fact": "made-up-ratio",
                        "present": "with_sign",
                    }
                ],
                **named,
            }
            for prefix, kind, where in (("numb", "sensory", "skin"), ("weak", "motor", "bend"))
        ),
        *(
            {
                "kind": "root",
                "id": root,
                "label": root,
                "core": ["skin"],
                "main": ["bend"],
                **dict.fromkeys(("overlap", "also", "reflexes", "tension", "pain"), nothing),
                "note": "A made-up root.",
                **named,
            }
            for root in ("L2", "L3", "L4", "L5", "S1", "S2-S4")
        ),
        *(
            {"kind": "zone", "id": zone, "label": zone, "says": "A made-up zone.", **named}
            for zone in ("central", "paracentral", "foraminal", "extraforaminal")
        ),
        {"kind": "study", "id": "study", "label": "A study", "says": "Nobody took part.", **named},
        {
            "kind": "prior",
            "id": "often",
            "label": "As often as there",
            "shares": {"L5": "often"},
            "fact": "made-up-ratio",
            **named,
        },
        {
            "kind": "story",
            "id": "story-textbook",
            "of": "textbook",
            "age": [30, 40],
            "texts": ["{A} {age}-year-old {person} with {pain} on the {side}."],
            "lesson": "Nothing to learn.",
            **named,
        },
    ]
    none = {"bearing": "no", "facts": ["made-up-stay"]}
    counted = {**fact, "id": "made-up-trial", "n": 20}
    grafts = [
        {
            "id": name,
            "label": f"a {name}",
            "short": name[:8],
            "comes_from": "Made up.",
            "properties": dict.fromkeys(("osteogenic", "osteoinductive", "osteoconductive"), none),
            "union": [],
            "ratios": [],
            "harms": [],
            **dict.fromkeys(("further", "cost", "funding", "approval"), nothing),
        }
        for name in ("crest", "ceramic")
    ]
    graft_trial = {
        "id": "made-up-trial",
        "fact": "made-up-trial",
        "one": "crest",
        "other": "ceramic",
        "arms": "one against the other",
        "beds": ["posterolateral"],
    }
    level = {
        "reach": "usual",
        "why": "A made-up reason.",
        "facts": ["made-up-angle"],
        "strips": [{"at": [0, 0], "from_deg": 90, "width_mm": 8}],
    }
    approach = {
        "id": "made-up-way",
        "label": "way",
        "name": "A made-up way",
        "way": "Nobody goes this way.",
        "facts": ["made-up-angle"],
        "levels": {segment: dict(level) for segment in ("L3-L4", "L4-L5", "L5-S1")},
        "risks": [{"fact": "made-up-stay", "value": "stay"}, {"fact": "made-up-angle"}],
    }
    choices = [{"id": each, "text": f"Choice {each}", "feedback": "Well."} for each in "abc"]
    asked = {"stem": "What is done next?", "choices": choices, "key": "a", **named}
    told = {
        "happens": "Something is done to the back.",
        "purpose": "It shows how.",
        "danger": {"text": "It may go wrong.", **named},
    }
    scene: dict[str, object] = {"view": "posterior", "frame": ["L4"]}
    onwards = [{**choices[0], "step": "close"}, *choices[1:]]
    procedure = {
        "id": "made_up",
        "place": 1,
        "title": "A made-up operation",
        "summary": "A made-up operation for the tests.",
        "order": {"text": "The order is made up.", **named},
        "simplified": ["Everything is simplified."],
        "unseen": ["iliac_crest.*"],
        "steps": [
            {
                "id": "open",
                "label": "Opening",
                **told,
                "scene": {**scene, "aside": ["multifidus.*"], "highlight": ["L4.lamina.left"]},
                "question": {**asked, "kind": "what", "about": "L4.lamina.left"},
            },
            {
                "id": "fix",
                "label": "Fixing",
                **told,
                "scene": {**scene, "puts": ["rod.*"], "takes": ["L4.lamina.left"]},
                "question": {**asked, "kind": "next", "choices": onwards},
            },
            {
                "id": "close",
                "label": "Closing",
                **told,
                "scene": {**scene, "back": ["multifidus.*"]},
                "question": {**asked, "kind": "danger"},
            },
        ],
    }
    return {
        "approaches/ways": {"approaches": [approach]},
        "procedures/made_up": procedure,
        "facts/ratio": {"facts": [odds]},
        "nerves/all": {"entries": nerves},
        "facts/angle": {"facts": [angle]},
        "structures/parts": {"group": "bones", "structures": [structure]},
        "comparisons/levels": {"comparisons": [comparison]},
        "variants/model": {"variants": [variant]},
        "facts/stay": {"facts": [fact]},
        "facts/trial": {"facts": [counted]},
        "references/papers": {"references": [{"id": "nobody-2000", "title": "A made-up paper"}]},
        "phases/recovery": {"timeline": "recovery", "phases": [phase]},
        "choices/recovery": {"timeline": "recovery", "choices": [patient]},
        "items/lesson_09": {"items": [item]},
        "glossary/terms": {"terms": [{"id": "term-one", "term": "term", "meaning": "A meaning."}]},
        "lessons/09": lesson,
        "grafts/grafts": {"grafts": grafts},
        "graft_trials/trials": {"trials": [graft_trial]},
        "cases/made-up": yaml.safe_load((FIXTURES / "made-up.yaml").read_text(encoding="utf-8")),
    }


@pytest.fixture
def content_folder(tmp_path: Path) -> ContentFolder:
    """A content folder that loads."""
    return ContentFolder(tmp_path)
