"""The states of the alignment workbench that Python and the page are both tested with.

`python tests/shared/alignment_states.py` writes `tests/fixtures/alignment_states.json`, whose
readings the page's own arithmetic must give as well.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from l3s1.activities.alignment_rules import Published, publish
from l3s1.activities.alignment_source import Source
from l3s1.content import load_content
from l3s1.models.alignment.film import draw_film, measure, true_points
from l3s1.models.alignment.reading import Setting, read
from l3s1.models.alignment.spine import SEGMENTS, segment_limits

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "alignment_states.json"
SEEDS = (1, 2, 3, 7, 42, 9_999_999)
DECIMALS = 9


@cache
def published() -> Published:
    """The course's own data of the workbench."""
    return publish(Source(load_content()))


def settings() -> list[Setting]:
    """States worth comparing: usual, flat, tipped, at limits, lying, with cages, with C7."""
    rules = published().rules
    low, middle, high = (each.means for each in rules.segment_means)
    limits = segment_limits(rules.body)
    least, most = (tuple(ends) for ends in zip(*limits, strict=True))
    flat = (0.0, 2.0, 4.0, 4.5, 8.0)
    cages = {"L3-L4": 8.0, "L4-L5": 12.0, "L5-S1": 15.0}
    return [
        Setting(50.0, 12.0, middle),
        Setting(38.3, 9.0, low, age=25.0),
        Setting(63.3, 14.5, high, age=80.0, global_tilt=18.0, sva=61.0),
        Setting(44.0, 4.0, middle, sva=40.0, global_tilt=-9.0),
        Setting(62.0, 20.0, middle, sva=95.0, global_tilt=14.76),
        Setting(32.0, 32.0, flat, age=34.9),
        Setting(85.0, -4.7, most, age=75.0, global_tilt=60.0),
        Setting(60.0, 30.0, (0.0, 0.0, 0.0, 20.0, 20.0), sva=200.0),
        Setting(60.0, 30.0, (0.0, 0.0, 0.0, 20.0, 30.0)),
        Setting(55.0, 35.0, (-5.0, -4.0, -3.0, 4.0, 8.0), age=60.0),
        Setting(55.0, 35.0, (-5.0, -4.0, -3.0, 4.0, 5.0), age=59.9, global_tilt=40.0),
        Setting(45.0, 10.0, least),
        Setting(44.9, 9.8, middle),
        Setting(50.0, 12.0, middle, posture="supine"),
        Setting(63.3, 14.5, high, posture="supine", age=70.0),
        Setting(85.0, 0.0, most, posture="supine"),
        Setting(58.0, 27.0, flat, mode="plan"),
        Setting(58.0, 27.0, flat, mode="plan", cages=cages, sva=60.0, global_tilt=30.0),
        Setting(58.0, 27.0, flat, mode="plan", cages=cages, pelvis="stays"),
        Setting(40.0, 2.0, low, mode="plan", cages={"L4-L5": 20.0, "L5-S1": 20.0}),
        Setting(34.0, 30.0, most, mode="plan", cages=dict.fromkeys(SEGMENTS, 0.0)),
        Setting(50.0, 12.0, middle, mode="measure", posture="supine"),
    ]


def build() -> dict[str, Any]:
    """Everything in the fixture, as JSON."""
    rules = published().rules
    films = [draw_film(rules.body, rules.people, rules.segment_means, seed) for seed in SEEDS]
    clicks = [true_points(film) for film in films[:2]]
    clicks.append({name: (y + 1.5, z - 0.75 * y / 9) for name, (y, z) in clicks[0].items()})
    clicks.append({name: point for name, point in clicks[1].items() if name != "hip.far"})
    clicks.append({})
    data = {
        "body": published().body,
        # the words of other studies are no part of the arithmetic
        "norms": {**published().norms, "beside": {}},
        "limits": segment_limits(rules.body),
        "states": [
            {"state": asdict(each), "reading": asdict(read(rules, each))} for each in settings()
        ],
        "films": [
            {"seed": seed, "film": asdict(film)} for seed, film in zip(SEEDS, films, strict=True)
        ],
        "measured": [{"points": points, "angles": measure(points)} for points in clicks],
    }
    rounded: dict[str, Any] = json.loads(json.dumps(_rounded(data)))
    return rounded


def _rounded(data: Any) -> Any:
    if isinstance(data, float):
        return round(data, DECIMALS) + 0.0
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_rounded(value) for value in data]
    return data


def write() -> None:
    """Write the fixture; one state a line."""
    data = build()
    parts = []
    for key, value in data.items():
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in value)
            parts.append(f"{json.dumps(key)}: [\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    FIXTURE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write()
