"""Kinds of screw: cement, cortical trajectory, heads, and the bone that they hold in."""

from __future__ import annotations

from typing import Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.questions import Numbers, Question, QuestionsState
from l3s1.content import Content, load_content

QUESTIONS = (
    Question(
        "bone",
        "What does thin bone hold?",
        "Osteoporosis takes most of a screw’s hold on the bench.",
        "pull until the screw gives way, mean",
        "N",
        (
            Numbers(
                "Lumbar screws in cadavers",
                (
                    ("pull-out-varghese-2018", "normal", 0),
                    ("pull-out-varghese-2018", "osteoporotic", 0),
                    ("pull-out-varghese-2018", "severe", 0),
                ),
            ),
        ),
        (
            "loosening-osteoporosis-rometsch-2020",
            "loosening-range-zhang-2019",
            "loosening-bone-density-yao-2023",
            "persuader-kernich-2024",
        ),
    ),
    Question(
        "cement",
        "Cement for thin bone?",
        "Cement goes with more union in osteoporosis, and reaches the lungs of some people; how "
        "many depends on how it is looked for.",
        "screws or people, as each study counts",
        "%",
        (
            Numbers(
                "Screws loose in osteoporosis, of whatever kind",
                (("loosening-osteoporosis-rometsch-2020", "loose", 0),),
            ),
            Numbers(
                "Screws loose after two years, one cohort",
                (
                    ("cement-cohort-2019", "loose_cement", 2),
                    ("cement-cohort-2019", "loose_plain", 3),
                ),
            ),
            Numbers(
                "Segments not united, the same cohort",
                (
                    ("cement-cohort-2019", "non_union_cement", 2),
                    ("cement-cohort-2019", "non_union_plain", 3),
                ),
            ),
            Numbers(
                "The price of cement",
                (
                    ("cement-embolism-morimoto-2023", "embolism", 1),
                    ("cement-embolism-morimoto-2023", "symptoms", 1),
                ),
            ),
        ),
        ("cement-song-2023", "cement-embolism-morimoto-2023"),
        ("loose screws", "cement in the lungs", "with cement", "without cement"),
    ),
    Question(
        "cortical",
        "Cortical or traditional trajectory?",
        "Two trials of one level find like union; on loosening they disagree. For three levels "
        "nothing was found.",
        "people, series set side by side",
        "%",
        (
            Numbers(
                "United",
                (
                    ("cortical-wang-2023", "union_cortical", 0),
                    ("cortical-wang-2023", "union_traditional", 1),
                ),
            ),
            Numbers(
                "Complications and revisions",
                (
                    ("cortical-wang-2023", "complications_cortical", 0),
                    ("cortical-wang-2023", "complications_traditional", 1),
                    ("cortical-wang-2023", "revision_cortical", 0),
                    ("cortical-wang-2023", "revision_traditional", 1),
                ),
            ),
            Numbers("No evidence: cortical screws over three levels"),
        ),
        ("cortical-trial-2023", "cortical-osteoporosis-trial", "cortical-zhang-2019"),
        ("cortical", "traditional"),
    ),
    Question(
        "heads",
        "Poly- or monoaxial heads?",
        "A fixed head bears more before it gives way; a head that turns lets a rod fit, and a rod "
        "that fits is not forced. In people nothing was found for L3–S1.",
        "load above that of polyaxial heads",
        "%",
        (
            Numbers(
                "Fixed heads on the bench, over several designs",
                (
                    ("heads-schroerlucke-2014", "more", 0),
                    ("heads-schroerlucke-2014", "cyclic", 0),
                ),
            ),
            Numbers("No evidence: outcome by kind of head after L3–S1 fusion"),
        ),
        ("heads-chen-cage", "persuader-kernich-2024", "heads-convention"),
    ),
)


class ScrewOptionsState(QuestionsState):
    """Which question about kinds of screw is answered."""

    QUESTIONS = QUESTIONS
    question = traitlets.Enum([each.id for each in QUESTIONS], QUESTIONS[0].id)


class ScrewOptionsActivity(FigureActivity):
    """Kinds of screw, with the question to choose."""

    state: ScrewOptionsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ScrewOptionsState(content or load_content(), **state)
        options = [(each.label, each.id) for each in QUESTIONS]
        super().__init__(shown, [choice(shown, "question", "Question", options)])
