"""The command line: what it refuses, and in which words."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from l3s1.classroom import cli
from l3s1.classroom.checked_course import CourseError, load_course
from l3s1.classroom.course_map import CourseMap, LessonPage
from l3s1.classroom.ports import PortError, bind


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refuse(*_: object, **__: object) -> None:
    raise CourseError("assets/facts/a.yaml:3: first problem\nassets/items/b.yaml:9: second problem")


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.strip() == f"l3s1 {metadata.version('l3s1')}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serve", "--port", "many"], "'many' is not a number"),
        (["serve", "--port", "0"], "0 is not between 1 and 65535"),
        (["serve", "--port", "70000"], "70000 is not between 1 and 65535"),
        (["serve", "--base-url", "/a b/"], "'/a b/' may have letters, digits"),
        (["serve", "--base-url", "/../"], "'/../' may have letters, digits"),
        (["serve", "--warm-kernels=-1"], "-1 is not between 0 and 64"),
        (["serve", "--warm-kernels", "99"], "99 is not between 0 and 64"),
        (["teach"], "invalid choice: 'teach'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_bad_arguments_are_named(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "meant"), [("", "/"), ("/", "/"), ("course", "/course/"), ("/a/b", "/a/b/")]
)
def test_base_urls_get_their_slashes(given: str, meant: str) -> None:
    assert cli.build_parser().parse_args(["serve", "--base-url", given]).base_url == meant


def test_a_taken_port_is_named_with_what_to_do(
    taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["serve", "--no-browser", "--port", str(taken_port)]) == cli.UNUSABLE
    said = capsys.readouterr()
    assert f"Port {taken_port} is in use" in said.err
    assert "--port" in said.err
    assert "is open" not in said.out


def test_lab_names_a_taken_port_too(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lab", "--no-browser", "--port", str(taken_port)]) == cli.UNUSABLE
    assert f"Port {taken_port} is in use" in capsys.readouterr().err


def test_without_a_port_the_next_free_one_is_taken(taken_port: int) -> None:
    sockets, port = bind("127.0.0.1", None, taken_port)
    for each in sockets:
        each.close()
    assert taken_port < port < taken_port + 50


def test_another_port_is_said_to_have_its_own_progress(
    taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ports: list[int] = []

    def note(_course: object, sockets: list[socket.socket], *, port: int, **_: object) -> None:
        ports.append(port)
        for each in sockets:
            each.close()

    monkeypatch.setattr(cli, "SERVE_PORT", taken_port)
    monkeypatch.setattr("l3s1.classroom.serving.serve", note)
    assert cli.main(["serve", "--no-browser"]) == cli.OK
    said = capsys.readouterr().err
    assert f"Port {taken_port} is in use, so this is port {ports[0]}." in said
    assert "progress by address" in said
    assert cli.main(["serve", "--no-browser", "--port", str(ports[0])]) == cli.OK
    assert capsys.readouterr().err == ""


def test_an_address_of_another_computer_is_refused() -> None:
    with pytest.raises(PortError, match=r"'192\.0\.2\.1' can't be listened on"):
        bind("192.0.2.1", None, 8866)


def test_serve_lists_every_problem_of_the_content(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("l3s1.classroom.checked_course.load_course", refuse)
    assert cli.main(["serve", "--no-browser"]) == cli.UNUSABLE
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "assets/facts/a.yaml:3: first problem",
        "assets/items/b.yaml:9: second problem",
    ]
    assert said.out == ""


def test_check_fails_with_every_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("l3s1.classroom.checked_course.load_course", refuse)
    assert cli.main(["check"]) == cli.PROBLEM
    assert "second problem" in capsys.readouterr().err


def test_check_passes_on_the_course(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == cli.OK
    assert "no problem found" in capsys.readouterr().out


def test_check_tries_the_links_of_cases_where_it_is_asked_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--links"]) == cli.OK
    monkeypatch.setattr(
        "l3s1.assessment.case_links.case_link_problems",
        lambda *_: iter(["assets/cases/a.yaml: no"]),
    )
    assert cli.main(["check"]) == cli.OK
    capsys.readouterr()
    assert cli.main(["check", "--links"]) == cli.PROBLEM
    assert capsys.readouterr().err == "assets/cases/a.yaml: no\n"


def test_a_ready_lesson_needs_its_notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = LessonPage("09", "09-gone.ipynb", "Gone", "A lesson without a notebook.", 20, ready=True)
    monkeypatch.setattr(
        "l3s1.classroom.checked_course.course_map", lambda *_: CourseMap(tmp_path, (page,))
    )
    with pytest.raises(CourseError, match=r"09-gone\.ipynb: .* missing; add it, or set"):
        load_course()


def test_a_front_end_that_is_not_built_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "BUILT_FILES", tmp_path)
    assert cli.main(["serve", "--no-browser"]) == cli.UNUSABLE
    assert "run `make install`" in capsys.readouterr().err


def test_checking_needs_no_server_modules() -> None:
    code = (
        "import sys; from l3s1.classroom.cli import main; main(['check']); "
        "assert not {'voila', 'jupyterlab', 'plotly'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))
