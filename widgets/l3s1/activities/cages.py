"""Cages: material, subsidence, lordosis and size, each as a question with its sources."""

from __future__ import annotations

from typing import Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.questions import Numbers, Question, QuestionsState
from l3s1.content import Content, load_content

QUESTIONS = (
    Question(
        "union",
        "PEEK or titanium: does it unite?",
        "One pooling finds less union with PEEK, a larger one no difference. In one trial titanium "
        "coats were ahead at six months; pooled trials of coats, and a trial of printed titanium, "
        "find union alike.",
        "odds ratio of union (equal steps are equal factors)",
        "ratio",
        (
            Numbers(
                "PEEK against titanium: left of the line less union with PEEK",
                (
                    ("cage-peek-massaad-2020", "union", 0),
                    ("cage-peek-poster-2025", "titanium", 0),
                    ("cage-peek-poster-2025", "printed", 0),
                    ("cage-peek-poster-2025", "coated", 0),
                ),
            ),
            Numbers(
                "Coated against plain PEEK: right of the line more union with the coat",
                (("cage-coated-trial-2022", "union", 1),),
            ),
        ),
        (
            "cage-printed-trial-shin-2026",
            "cage-coated-trials-pooled",
            "cage-titanium-review-2024",
            "cage-printed-duan-2024",
        ),
    ),
    Question(
        "sinking",
        "Which cages sink?",
        "Place, size and thin bone go with it; for material and kind the sources disagree. Studies "
        "draw the line for ‘sunk’ differently, so compare within a study only.",
        "sunk, as each study counts it",
        "%",
        (
            Numbers(
                "By material, one trial",
                (
                    ("cage-printed-trial-shin-2026", "titanium_sank", 0),
                    ("cage-printed-trial-shin-2026", "peek_sank", 0),
                ),
            ),
            Numbers(
                "By place in the disc, one cohort",
                (
                    ("cage-position-oblique-2022", "front_sank", 0),
                    ("cage-position-oblique-2022", "back_sank", 0),
                ),
            ),
            Numbers(
                "Expandable or static, series set side by side",
                (
                    ("cage-expandable-calvachi-2021", "expandable", 0),
                    ("cage-expandable-calvachi-2021", "static", 0),
                ),
            ),
            Numbers(
                "By approach",
                (
                    ("subsidence-tlif-2022", "subsided", 0),
                    ("subsidence-approaches-2022", "alif", 0),
                    ("subsidence-approaches-2022", "lateral_fixed", 0),
                    ("subsidence-approaches-2022", "lateral_alone", 0),
                    ("subsidence-approaches-2022", "oblique_fixed", 0),
                ),
            ),
        ),
        (
            "cage-peek-massaad-2020",
            "cage-expandable-2023",
            "cage-wide-lateral-kim-2014",
            "loosening-bone-density-yao-2023",
            "endplate-cranial-caudal-thickness",
        ),
    ),
    Question(
        "lordosis",
        "What does a wedge gain?",
        "The angle built into a cage is not the angle that a segment gains.",
        "lordosis gained at the segment, means",
        "deg",
        (
            Numbers(
                "Paired cages from behind, built with 10 to 18°",
                (("cage-landham-2017", "gain", 0),),
            ),
            Numbers(
                "Lateral cages, by built angle",
                (
                    ("cage-bakare-2021", "gain_6", 0),
                    ("cage-bakare-2021", "gain_10", 0),
                    ("cage-bakare-2021", "gain_12", 0),
                ),
            ),
            Numbers(
                "Oblique cages, by place in the disc",
                (
                    ("cage-position-oblique-2022", "front_gain", 0),
                    ("cage-position-oblique-2022", "back_gain", 0),
                ),
            ),
        ),
        ("cage-landham-2017", "cage-expandable-2023", "cage-angles-convention"),
    ),
    Question(
        "size",
        "How large is the foot?",
        "The approach sets the size: the canal and the roots leave room for little from behind. "
        "Most sizes here are convention.",
        "size of the cage",
        "mm",
        (
            Numbers(
                "From behind",
                (
                    ("construct-sizes-convention", "cage_length", 0),
                    ("construct-sizes-convention", "cage_width", 0),
                ),
            ),
            Numbers(
                "From the side",
                (
                    ("cage-footprints-convention", "lateral_length", 0),
                    ("cage-footprints-convention", "lateral_width", 0),
                    ("cage-wide-lateral-kim-2014", "narrow", 0),
                    ("cage-wide-lateral-kim-2014", "wide", 0),
                ),
            ),
            Numbers(
                "From in front",
                (
                    ("cage-footprints-convention", "anterior_width", 0),
                    ("cage-footprints-convention", "anterior_depth", 0),
                ),
            ),
        ),
        ("wide-cage-pimenta-2012", "cage-wide-lateral-kim-2014"),
    ),
)


class CagesState(QuestionsState):
    """Which question about cages is answered."""

    QUESTIONS = QUESTIONS
    question = traitlets.Enum([each.id for each in QUESTIONS], QUESTIONS[0].id)


class CagesActivity(FigureActivity):
    """Cages, with the question to choose."""

    state: CagesState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = CagesState(content or load_content(), **state)
        options = [(each.label, each.id) for each in QUESTIONS]
        super().__init__(shown, [choice(shown, "question", "Question", options)])
