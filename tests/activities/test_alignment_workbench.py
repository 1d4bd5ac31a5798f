"""The alignment workbench without a browser: widget and state are one, and what the page gets."""

from __future__ import annotations

import gzip
import json

import pytest
import traitlets
from fact_numbers import content

from l3s1.activities.alignment_state import STATE
from l3s1.activities.alignment_workbench import AlignmentWorkbenchActivity

CAGES = {"L4-L5": 12.0, "L5-S1": 15.0}


@pytest.fixture
def workbench() -> AlignmentWorkbenchActivity:
    return AlignmentWorkbenchActivity(content())


def test_widget_and_state_are_one(workbench: AlignmentWorkbenchActivity) -> None:
    assert set(STATE) <= set(workbench.keys)
    workbench.tilt = 20.0
    assert workbench.state.tilt == 20
    workbench.state.cages = CAGES
    assert workbench.cages == CAGES
    assert repr(workbench) == workbench.text_twin()
    with pytest.raises(traitlets.TraitError, match="give 32 to 85"):
        workbench.incidence = 200.0
    assert workbench.incidence == 50


def test_every_fact_that_the_page_names_has_its_origin(
    workbench: AlignmentWorkbenchActivity,
) -> None:
    origins = json.loads(gzip.decompress(workbench.origins_gz))
    assert set(workbench.state.published.facts) == set(origins)
    named = json.dumps([workbench.body, workbench.norms])
    assert all(f'"{fact}"' in named for fact in origins)


def test_what_travels_is_light(workbench: AlignmentWorkbenchActivity) -> None:
    sent = json.dumps({name: getattr(workbench, name) for name in ("body", "norms", *STATE)})
    assert len(sent.encode()) + len(workbench.origins_gz) < 60_000
