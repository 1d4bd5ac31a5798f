"""The states of the bending spine that Python and the page are both tested with.

`python tests/shared/fuse_and_bend_states.py` writes `tests/fixtures/fuse_and_bend.json`, whose
angles, words, links and charts the page's own arithmetic must give as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from l3s1.activities.fuse_and_bend import STATE, describe_spine
from l3s1.activities.fuse_and_bend_state import FUSIBLE, LOAD, MOTION, FuseAndBendState
from l3s1.activities.motion_facts import CONSTRUCTS, key
from l3s1.content import load_content
from l3s1.models.motion.spine import Bent

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "fuse_and_bend.json"
DIGITS = 10
DRAWN = 5
"""So many states come with their whole chart."""

ALL = FUSIBLE
LOWER = FUSIBLE[1:]
L5_S1 = FUSIBLE[-1:]


def held(levels: tuple[str, ...], construct: str, protocol: str, bend: float) -> dict[str, Any]:
    """A state by its traits."""
    fused = {f"fused_{key(segment)}": True for segment in levels}
    return {**fused, "construct": construct, "protocol": protocol, "bend": bend}


def settings() -> list[dict[str, Any]]:
    """States worth comparing: standing, both ways, every construct, extrapolated, out of reach."""
    return [
        {},
        held(L5_S1, "cage", LOAD, -20.0),
        held(LOWER, "bone", MOTION, 38.0),
        held(ALL, "one_side", MOTION, 12.5),
        held(LOWER, "screws", MOTION, 0.0),
        held((), "cage", MOTION, 0.0),
        held((), "bone", LOAD, -25.0),
        held((), "peek", MOTION, 38.0),
        held(ALL, "bone", MOTION, -25.0),
        held(ALL, "bone", LOAD, 38.0),
        held(ALL, "bone", LOAD, 0.0),
        held((FUSIBLE[0], FUSIBLE[2]), "peek", MOTION, -7.3),
        held(LOWER, "cage", MOTION, 25.0) | {"selected": "yamamoto-rom"},
        *(
            held(LOWER, each.id, protocol, bend)
            for each in CONSTRUCTS
            for protocol in (LOAD, MOTION)
            for bend in (-25.0, -3.0, 0.4, 21.0, 38.0)
        ),
    ]


def build() -> dict[str, Any]:
    """Everything in the fixture, as JSON."""
    content = load_content()
    data = {
        "spine": describe_spine(FuseAndBendState(content)),
        "states": [
            _shown(content, wanted, drawn=place < DRAWN) for place, wanted in enumerate(settings())
        ],
    }
    rounded: dict[str, Any] = json.loads(json.dumps(_rounded(data), ensure_ascii=False))
    return rounded


def _shown(content: Any, wanted: dict[str, Any], *, drawn: bool) -> dict[str, Any]:
    state = FuseAndBendState(content)
    for name, value in wanted.items():
        setattr(state, name, value)
    now, why = state.now()
    shown = {
        "state": {name: getattr(state, name) for name in STATE},
        "before": _bent(state.before()),
        "now": _bent(now),
        "why": why,
        "said": state.said(),
        "rows": [row.as_json() for row in state.readings()],
        "link": state.link(),
    }
    return shown | ({"figure": state.figure()} if drawn else {})


def _bent(bent: Bent) -> dict[str, Any]:
    return {"moment_nm": bent.moment_nm, "angles_deg": list(bent.angles_deg.values())}


def _rounded(data: Any) -> Any:
    if isinstance(data, float):
        return float(f"{data:.{DIGITS}g}") + 0.0
    if isinstance(data, dict):
        return {name: _rounded(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_rounded(value) for value in data]
    return data


def write() -> None:
    """Write the fixture; one state a line."""
    data = build()
    states = ",\n".join(json.dumps(each, ensure_ascii=False) for each in data["states"])
    spine = json.dumps(data["spine"], ensure_ascii=False)
    FIXTURE.write_text(f'{{\n"spine": {spine},\n"states": [\n{states}\n]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    write()
