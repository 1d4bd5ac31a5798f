"""A made-up course for the pages' own tests; as a program: serve it, on a free port.

    python sample_course.py FOLDER [BASE_URL]

writes the notebooks into FOLDER and serves them until a signal comes.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

from l3s1.classroom.course_map import CourseMap, LessonPage

PARAGRAPH = (
    "Bone heals on a schedule of its own. What a patient may do follows it only loosely, and "
    "much of it is custom: this made-up text is here to be long enough for a few lines.\n\n"
)

CONTROLS = """
import ipywidgets as widgets
widgets.VBox([
    widgets.IntSlider(description="Day", value=42),
    widgets.Play(),
    widgets.Dropdown(description="Approach", options=["Any", "Open"]),
    widgets.Text(description="Moment"),
    widgets.Checkbox(description="Linear"),
    widgets.ToggleButtons(options=["a", "b"], description="Which"),
    widgets.Button(description="Go"),
    widgets.Accordion(children=[widgets.HTML("inside")], titles=["More"]),
])
"""
FIGURES = """
import plotly.graph_objects as go
from l3s1.scene import PlotlyView
figures = [
    PlotlyView(go.Figure(go.Scatter(x=[1, 2, 3], y=[2, 1, k]), {"height": 240}), f"line {k}")
    for k in (3, 4)
]
widgets.VBox(figures)
"""
ANSWER = """
button = widgets.Button(description="Ask Python")
label = widgets.Label("not asked")
def answer(_):
    label.value = "asked"
button.on_click(answer)
widgets.HBox([button, label])
"""

WAIT = """
import fcntl
with open("go", "a") as held:
    fcntl.flock(held, fcntl.LOCK_EX)
"went on"
"""
"""A cell that goes on as soon as nobody else holds the file's lock."""

SCENES = """
import ipywidgets as widgets
from l3s1.activities.anatomy import course_anatomy
from l3s1.scene import AnatomyScene
scene = AnatomyScene(course_anatomy(), isolated=["L4"], view="posterior")
other = AnatomyScene(course_anatomy(), peeled=5, view="left_lateral")
button = widgets.Button(description="Hide L4")
label = widgets.Label("nothing picked")
def hide(_):
    scene.hidden = ["L4"]
    label.value = "hidden"
button.on_click(hide)
scene.on_pick(lambda pick: setattr(label, "value", f"picked {pick and pick['part']}"))
widgets.VBox([scene, button, label, other])
"""

QUIZ = """
from pathlib import Path
from l3s1.assessment.question_set import QuestionSet
from l3s1.content import load_content
content = load_content(own_items=[Path("quiz.yaml").resolve()])
items = [item for name, item in content.items.items() if name.startswith("made-up-")]
quiz = QuestionSet(content, items)
quiz
"""

Cells = list[tuple[str, str] | str]

LESSONS: dict[str, tuple[str, Cells]] = {
    "00-sample-lesson.ipynb": (
        "Sample lesson",
        [
            f"# Sample lesson\n\n{PARAGRAPH}",
            (CONTROLS, "controls"),
            f"## A figure\n\n{PARAGRAPH}- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
            (FIGURES, "figures"),
            f"## Python answers\n\n{PARAGRAPH}",
            (ANSWER, "answer"),
            f"## Sources\n\n{PARAGRAPH}",
        ],
    ),
    "03-failing-lesson.ipynb": (
        "Failing lesson",
        [
            f"# Failing lesson\n\n{PARAGRAPH}",
            ("1 / 0", "a number"),
            f"## Later text\n\n{PARAGRAPH}",
            ("'after'", "after"),
        ],
    ),
    "04-waiting-lesson.ipynb": (
        "Waiting lesson",
        [f"# Waiting lesson\n\n{PARAGRAPH}", ("1 + 1", "2"), (WAIT, "went on"), "## The end"],
    ),
    "05-scene-lesson.ipynb": (
        "Scene lesson",
        [f"# Scene lesson\n\n{PARAGRAPH}", (SCENES, "scenes"), f"## Sources\n\n{PARAGRAPH}"],
    ),
    "06-quiz-lesson.ipynb": ("Quiz lesson", [f"# Quiz lesson\n\n{PARAGRAPH}", (QUIZ, "a quiz")]),
}


def _cell(index: int, part: tuple[str, str] | str) -> dict[str, Any]:
    common: dict[str, Any] = {"id": f"cell-{index}", "metadata": {}}
    if isinstance(part, str):
        return {**common, "cell_type": "markdown", "source": part}
    source, text = part
    output = {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": {"text/plain": text},
        "metadata": {},
    }
    return {
        **common,
        "cell_type": "code",
        "source": source.strip(),
        "execution_count": 1,
        "outputs": [output],
    }


def write_notebooks(folder: Path) -> None:
    """Write the made-up lessons as executed notebooks, and the questions that one of them asks."""
    quiz_items = runpy.run_path(str(Path(__file__).with_name("sample_quiz.py")))["quiz_items"]
    (folder / "quiz.yaml").write_text(json.dumps({"items": quiz_items()}), encoding="utf-8")
    for name, (title, parts) in LESSONS.items():
        cells = [_cell(index, part) for index, part in enumerate(parts)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"title": title, "kernelspec": kernel},
            "cells": cells,
        }
        (folder / name).write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def sample_map(folder: Path) -> CourseMap:
    """The made-up course: five lessons that open and two that are in preparation."""
    rows = [
        ("00", "sample-lesson", "Sample lesson", True),
        ("01", "later-lesson", "Later lesson", False),
        ("02", "another-one", "Another one with a longer title than most lessons have", False),
        ("03", "failing-lesson", "Failing lesson", True),
        ("04", "waiting-lesson", "Waiting lesson", True),
        ("05", "scene-lesson", "Scene lesson", True),
        ("06", "quiz-lesson", "Quiz lesson", True),
    ]
    return CourseMap(
        folder,
        tuple(
            LessonPage(
                number=number,
                notebook=f"{number}-{slug}.ipynb",
                title=title,
                summary="What a student can do afterwards, in a line of about this length.",
                minutes=20,
                ready=ready,
            )
            for number, slug, title, ready in rows
        ),
    )


def main(folder: Path, base_url: str = "/") -> None:
    """Write and serve the made-up course."""
    from l3s1.classroom.ports import bind
    from l3s1.classroom.serving import serve

    write_notebooks(folder)
    sockets, port = bind("127.0.0.1", None, 8866)
    needed_mib = float(os.environ.get("L3S1_SAMPLE_NEEDED_MIB", "0"))
    serve(
        sample_map(folder),
        sockets,
        ip="127.0.0.1",
        port=port,
        base_url=base_url,
        needed_mib=needed_mib,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
