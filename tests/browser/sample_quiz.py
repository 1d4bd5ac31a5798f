"""Twenty made-up questions of all types, as an instructor would write them."""

from __future__ import annotations

from typing import Any

FACT = "panjabi-epwu"

FIRST: list[dict[str, Any]] = [
    {
        "type": "single_best_answer",
        "level": "application",
        "stem": "A made-up reader looks at the model from behind. Whose left is on the left?",
        "choices": [
            {"id": "a", "text": "The reader's and the spine's", "feedback": "Right: both alike."},
            {"id": "b", "text": "The reader's alone", "feedback": "From the front it would be so."},
            {"id": "c", "text": "That of neither of them", "feedback": "Left is somebody's."},
        ],
        "key": "a",
    },
    {
        "type": "multiple_response",
        "level": "recall",
        "stem": "Which of these belong to the arch of a vertebra? Choose all that apply.",
        "choices": [
            {"id": "a", "text": "Lamina", "feedback": "It closes the arch."},
            {"id": "b", "text": "Pedicle", "feedback": "It carries the arch."},
            {"id": "c", "text": "End plate", "feedback": "It belongs to the body."},
            {"id": "d", "text": "Annulus", "feedback": "It belongs to the disc."},
        ],
        "keys": ["a", "b"],
    },
    {
        "type": "numeric",
        "level": "recall",
        "stem": "How wide is the upper end plate of L4 in the series of this made-up question?",
        "answer": {"fact": FACT, "value": "l4", "tolerance": 2, "unit": "mm"},
        "feedback": {"right": "So it is.", "low": "It is wider.", "high": "It is narrower."},
    },
    {
        "type": "ordering",
        "level": "recall",
        "stem": "Put these vertebrae in order, the highest one first.",
        "entries": [
            {"id": "a", "text": "L2", "feedback": "It lies below the first lumbar vertebra."},
            {"id": "b", "text": "L3", "feedback": "It lies in the middle of the five."},
            {"id": "c", "text": "L4", "feedback": "It lies on the last but one disc."},
            {"id": "d", "text": "L5", "feedback": "It stands on the sacrum."},
        ],
    },
    {
        "type": "matching",
        "level": "recall",
        "stem": "Which root leaves under which pedicle?",
        "prompts": [
            {"id": "a", "text": "Pedicle of L3", "key": "1", "feedback": "The root of its number."},
            {"id": "b", "text": "Pedicle of L4", "key": "2", "feedback": "That of L4 leaves here."},
            {"id": "c", "text": "Pedicle of L5", "key": "3", "feedback": "That of L5 leaves here."},
        ],
        "choices": [
            {"id": "1", "text": "Root of L3"},
            {"id": "2", "text": "Root of L4"},
            {"id": "3", "text": "Root of L5"},
            {"id": "4", "text": "Root of S1"},
        ],
    },
    {
        "type": "extended_matching",
        "level": "application",
        "stem": "Which part does each made-up reader point at?",
        "theme": "parts of the model",
        "prompts": [
            {
                "id": "a",
                "text": "A fictional reader touches what one feels under the skin of the back.",
                "key": "1",
                "feedback": "Nothing but skin and fascia lies over it.",
            },
            {
                "id": "b",
                "text": "Another one, also fictional, counts the tips in the midline.",
                "key": "1",
                "feedback": "Each vertebra has one.",
            },
        ],
        "choices": [
            {"id": "1", "text": "Spinous process"},
            {"id": "2", "text": "Transverse process"},
            {"id": "3", "text": "Pedicle"},
            {"id": "4", "text": "Lamina"},
            {"id": "5", "text": "Vertebral body"},
        ],
    },
    {
        "type": "label_picture",
        "level": "recall",
        "stem": "What do the numbers point at?",
        "picture": "posterior",
        "marks": [
            {
                "id": "1",
                "structure": "L4.lamina.left",
                "key": "a",
                "feedback": "Beside the midline.",
            },
            {
                "id": "2",
                "structure": "L4.transverse_process.right",
                "key": "b",
                "feedback": "It stands out to the side.",
            },
            {
                "id": "3",
                "structure": "sacrum.dorsal_wall",
                "key": "c",
                "feedback": "Below the last vertebra.",
            },
        ],
        "choices": [
            {"id": "a", "text": "Lamina"},
            {"id": "b", "text": "Transverse process"},
            {"id": "c", "text": "Sacrum"},
            {"id": "d", "text": "Pedicle"},
        ],
    },
    {
        "type": "find_in_3d",
        "level": "recall",
        "stem": "Find the left lamina of L4.",
        "find": {"structures": ["L4.lamina.left"], "view": "posterior", "peeled": 2},
        "near": [
            {"structures": ["L4.lamina.right"], "feedback": "That is the right one."},
            {"structures": ["L5.lamina.left"], "feedback": "That is one level too low."},
        ],
        "feedback": {"right": "Yes, there it is.", "wrong": "That is no lamina."},
    },
]

COUNT = 20


def quiz_items() -> list[dict[str, Any]]:
    """Twenty of them: the types in turn, again and again."""
    return [
        {
            "id": f"made-up-{number}",
            "lesson": "01",
            "objective": "name-structures",
            "use": "review",
            "facts": [FACT],
            "note": "Made up for the tests of the page.",
            **FIRST[number % len(FIRST)],
        }
        for number in range(COUNT)
    ]
