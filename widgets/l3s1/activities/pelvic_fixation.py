"""The foot of the construct: whether S1 holds alone, and what pelvic anchors give and cost."""

from __future__ import annotations

from typing import Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.questions import Numbers, Question, QuestionsState
from l3s1.content import Content, load_content

QUESTIONS = (
    Question(
        "foot",
        "Does S1 hold alone?",
        "S1 screws loosen in a part of people that grows with levels, age and thin bone, and L5–S1 "
        "unites less often than L4–L5. Loose is not yet unwell.",
        "people",
        "%",
        (
            Numbers(
                "S1 screws loose",
                (
                    ("s1-loosening-xu-2022", "loose", 0),
                    ("s1-bicortical-jiang-2024", "half_turn", 0),
                    ("s1-bicortical-jiang-2024", "full_turn", 0),
                ),
            ),
            Numbers(
                "United after PLIF, by segment",
                (
                    ("l5s1-short-and-long-kato-2022", "short", 1),
                    ("l5s1-short-and-long-kato-2022", "multilevel", 1),
                    ("l5s1-and-l4l5-han-2015", "l5_s1", 1),
                    ("l5s1-and-l4l5-han-2015", "l4_l5", 1),
                ),
            ),
        ),
        (
            "s1-or-s2ai-elgawhary",
            "loosening-s1-factors-kim-2015",
            "l5s1-bicortical-cagulada-2025",
            "s1-cortices-garcia-2018",
            "tech-s1-tricortical",
            "tech-s1-lateral-weak",
            "s1-bending-fleischer-2011",
        ),
        ("S1 screws loose", "bone united"),
    ),
    Question(
        "anchors",
        "Pelvic anchors at L3–S1?",
        "Disputed: no trial was found, L3–S1 stands where some authors begin to add anchors and "
        "others do not yet, and what anchors cost is known better than what they give.",
        "people, in series that differ",
        "%",
        (
            Numbers(
                "Not united at the lumbosacral joint, S1 screws without anchors",
                (("pelvic-threshold-wang-2018", "non_union", 0),),
            ),
            Numbers(
                "Not united, S1 and iliac screws",
                (("pelvic-anchors-kuklo-2001", "non_union", 1),),
            ),
            Numbers(
                "The price: discomfort, and screws taken out",
                (
                    ("pelvic-anchors-kuklo-2001", "discomfort", 1),
                    ("pelvic-threshold-wang-2018", "removal", 1),
                ),
            ),
            Numbers("No evidence: L3–S1 with against without anchors, randomised"),
        ),
        (
            "s1-or-s2ai-elgawhary",
            "sacrum-non-union-long-kebaish",
            "pelvic-indications-chapter",
            "s1-bending-fleischer-2011",
            "s1-strain-sutterlin-2016",
        ),
        ("S1 screws alone", "with iliac screws"),
    ),
    Question(
        "kinds",
        "Iliac or S2 alar-iliac?",
        "S2 alar-iliac screws are revised and felt less in the poolings; one cohort saw more of "
        "them break and more sacro-iliac pain. Nearly all is from long constructs for deformity.",
        "people",
        "%",
        (
            Numbers(
                "Revised",
                (
                    ("iliac-or-s2ai-2023", "revision_iliac", 0),
                    ("iliac-or-s2ai-2023", "revision_s2ai", 1),
                    ("iliac-or-s2ai-delagarza-2018", "revision_iliac", 0),
                    ("iliac-or-s2ai-delagarza-2018", "revision_s2ai", 1),
                ),
            ),
            Numbers(
                "Felt under the skin, wound problems",
                (
                    ("iliac-or-s2ai-2023", "prominence_iliac", 0),
                    ("iliac-or-s2ai-2023", "prominence_s2ai", 1),
                    ("iliac-or-s2ai-2023", "wound_iliac", 0),
                    ("iliac-or-s2ai-2023", "wound_s2ai", 1),
                ),
            ),
            Numbers(
                "Failed, broken, loose",
                (
                    ("iliac-or-s2ai-2023", "failure_iliac", 0),
                    ("iliac-or-s2ai-2023", "failure_s2ai", 1),
                    ("iliac-or-s2ai-luo-2021", "broken_iliac", 0),
                    ("iliac-or-s2ai-luo-2021", "broken_s2ai", 1),
                    ("s2ai-loosening-iijima-2020", "loose_s2ai", 1),
                ),
            ),
            Numbers(
                "Pain at the sacro-iliac joint",
                (
                    ("iliac-or-s2ai-luo-2021", "pain_iliac", 0),
                    ("iliac-or-s2ai-luo-2021", "pain_s2ai", 1),
                ),
            ),
        ),
        ("s2ai-loosening-iijima-2020",),
        ("iliac screws", "S2 alar-iliac screws"),
    ),
)


class PelvicFixationState(QuestionsState):
    """Which question about the foot is answered."""

    QUESTIONS = QUESTIONS
    question = traitlets.Enum([each.id for each in QUESTIONS], QUESTIONS[0].id)


class PelvicFixationActivity(FigureActivity):
    """The foot of the construct, with the question to choose."""

    state: PelvicFixationState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = PelvicFixationState(content or load_content(), **state)
        options = [(each.label, each.id) for each in QUESTIONS]
        super().__init__(shown, [choice(shown, "question", "Question", options)])
