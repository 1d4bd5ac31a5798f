"""Files are read fast and as PyYAML reads them, and what can't be read is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.content import Problem, course_root
from l3s1.content.documents import Document, Schema, read_document
from l3s1.content.quick_yaml import NotPlainError, read_plain

FILES = sorted((course_root() / "assets").rglob("*.yaml"))
ANYTHING = Schema({})

UNUSUAL = {
    "numbers": "a: 1\nb: -1.5\nc: 1e3\nd: 0x10\ne: 1_000\nf: .5\ng: .inf\n",
    "words": "a: yes\nb: No\nc: null\nd: ~\ne:\nf: on\ng: True\nh: nothing\ni: falsehood\n",
    "dates": "a: 2020-01-02\nb: 2020-01-02 03:04:05\n",
    "quoted": "a: '1'\nb: \"yes\"\nc: |\n  1\nd: >-\n  true\n",
    "tags": "a: !!str 1\nb: !!float 1\nc: !!set {x, y}\n",
    "aliases": "a: &one [1, 2]\nb: *one\n",
    "merged": "a: &one {x: 1}\nb:\n  <<: *one\n  y: 2\n",
    "keys": "1: a\ntrue: b\nlonger: c\n",
    "nested": "a: [[], {}, [1, [2, {b: []}]]]\nc: {d: {}, e: {f: [g, h: i]}}\n",
    "list": "- 1\n- a: b\n  c: d\n- - x\n",
    "a text": "only a text\n",
    "a number": "4\n",
    "marked": "%YAML 1.1\n---\na: 1\n...\n",
    "others": "ä: öffentlich\n'=': '='\n",
}


def read(folder: Path, text: str) -> Document | list[Problem]:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return read_document(path, "some.yaml", ANYTHING)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(course_root())))
def test_a_file_of_the_course_is_read_as_pyyaml_reads_it(path: Path) -> None:
    document = read_document(path, "file", ANYTHING)
    assert isinstance(document, Document)
    assert document.data == yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_is_read_as_pyyaml_reads_it(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, UNUSUAL[name])
    assert isinstance(document, Document)
    assert repr(document.data) == repr(yaml.safe_load(UNUSUAL[name]))


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice"),
        ("a:\n  - {b: 1, b: 2}\n", 2, "stands twice"),
        ("a: &x [*x]\n", 1, "holds itself"),
        ("a: !!python/name:os.system\n", 1, "not valid YAML"),
        ("? [1, 2]\n: 3\n", 1, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML"),
        ("a: [1,\n", 2, "not valid YAML"),
        ("a: 2020-13-45\n", 1, "holds a value that is none (month must be in 1..12)"),
        ("\n# nothing\n", 1, "is empty"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, line: int, wrong: str) -> None:
    problems = read(tmp_path, text)
    assert isinstance(problems, list)
    assert any(each.line == line and wrong in each.wrong for each in problems), problems


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    document = read(tmp_path, "# first\na:\n  - b: 1\n  - c: 2\n    d: 3\n")
    assert isinstance(document, Document)
    assert document.problem(["a", 1, "d"], "x", "y").line == 5
    assert document.problem(["a", 1, "none"], "x", "y").line == 4
    assert document.line([]) == 2


@given(
    data=st.recursive(
        st.one_of(
            st.text(max_size=12),
            st.integers(),
            st.booleans(),
            st.none(),
            st.floats(allow_nan=False),
            st.dates(),
            st.sampled_from(
                ["yes", "No", "1_0", "0o7", "1:30", "=", "<<", "~", ".5", "2020-01-02"]
            ),
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
        ),
        max_leaves=12,
    ),
    flow=st.sampled_from([True, False, None]),
)
@settings(max_examples=300, deadline=None)
def test_whatever_pyyaml_writes_is_read_as_it_reads_it(data: Any, flow: bool | None) -> None:
    text = yaml.safe_dump({"data": data}, default_flow_style=flow, allow_unicode=True)
    expected = yaml.safe_load(text)
    try:
        assert repr(read_plain(text)) == repr(expected)
    except NotPlainError:
        assert "&" in text or "!" in text or "=" in text or "<<" in text


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    (problem,) = list(read_document(tmp_path / "none.yaml", "none.yaml", ANYTHING))  # type: ignore[arg-type]
    assert "can't be read" in str(problem)
