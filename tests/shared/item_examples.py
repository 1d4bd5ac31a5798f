"""One made-up item of each type that passes, for the content of tests/conftest.py."""

from __future__ import annotations

from typing import Any

Tree = dict[str, Any]

COMMON: Tree = {
    "lesson": "09",
    "objective": "say-when",
    "use": "review",
    "level": "application",
    "facts": ["made-up-stay"],
    "note": "For the tests.",
}


def _with_feedback(letters: str) -> list[Tree]:
    return [
        {"id": each, "text": f"Choice {each}", "feedback": f"Because of {each}."}
        for each in letters
    ]


def _plain(names: str) -> list[Tree]:
    return [{"id": each, "text": f"Name {each}"} for each in names]


def examples() -> dict[str, Tree]:
    """A fresh copy of each, by type; ids are `one-<type>`."""
    return {
        kind: {"id": f"one-{kind.replace('_', '-')}", "type": kind, **COMMON, **fields}
        for kind, fields in _fields().items()
    }


def _fields() -> dict[str, Tree]:
    prompts = [
        {"id": each, "text": f"Prompt {each}", "key": key, "feedback": f"Because of {each}."}
        for each, key in zip("abc", "312", strict=True)
    ]
    marks = [
        {"id": number, "structure": name, "key": key, "feedback": f"That is {name}."}
        for number, name, key in (
            ("1", "L4.pedicle.left", "b"),
            ("2", "L4.lamina.left", "a"),
            ("3", "L4.spinous_process", "d"),
        )
    ]
    return {
        "single_best_answer": {"stem": "Which?", "choices": _with_feedback("abcd"), "key": "c"},
        "multiple_response": {
            "stem": "Which? Choose all that apply.",
            "choices": _with_feedback("abcd"),
            "keys": ["b", "d"],
        },
        "numeric": {
            "stem": "How many days?",
            "answer": {"fact": "made-up-stay", "value": "stay", "tolerance": 0.5, "unit": "d"},
            "feedback": {"right": "Yes, so long.", "low": "Longer.", "high": "Shorter."},
        },
        "ordering": {"stem": "Put in order.", "entries": _with_feedback("abcd")},
        "matching": {"stem": "What goes with what?", "prompts": prompts, "choices": _plain("1234")},
        "extended_matching": {
            "stem": "Which one fits each?",
            "theme": "Names",
            "prompts": [{**each, "key": "2"} for each in prompts[:2]],
            "choices": _plain("12345"),
        },
        "label_picture": {
            "stem": "What is marked?",
            "picture": "left-lateral",
            "marks": marks,
            "choices": _plain("abcd"),
        },
        "find_in_3d": {
            "stem": "Find the left pedicle of L4.",
            "find": {"structures": ["L4.pedicle.left"], "view": "posterior", "peeled": 2},
            "near": [
                {"structures": ["L4.pedicle.right"], "feedback": "That is the right one."},
                {"structures": ["L4.lamina.left"], "feedback": "That is the lamina."},
            ],
            "feedback": {"right": "Yes, it is.", "wrong": "No, it is not."},
        },
    }
