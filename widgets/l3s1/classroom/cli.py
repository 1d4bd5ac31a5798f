"""`l3s1 serve`, `lab`, `check`, `items`, `bones`, `export`: the course from the command line."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import metadata

from l3s1.classroom import bones, export, items
from l3s1.classroom.paths import BUILT_FILES

SERVE_PORT = 8866
LAB_PORT = 8888

_BASE_PART = re.compile(r"[A-Za-z0-9_@-][A-Za-z0-9_.@-]*")

OK = 0
PROBLEM = 1
UNUSABLE = 2


def _port(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and 65535")
    return number


def _base_url(text: str) -> str:
    parts = [part for part in text.split("/") if part]
    if not all(_BASE_PART.fullmatch(part) for part in parts):
        raise argparse.ArgumentTypeError(
            f"{text!r} may have letters, digits, and - _ . @ between slashes, as in /course/"
        )
    return "/" + "".join(f"{part}/" for part in parts)


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 <= number <= 64:
        raise argparse.ArgumentTypeError(f"{number} is not between 0 and 64")
    return number


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="l3s1", description="An interactive course on lumbar fusion from L3 to S1."
    )
    parser.add_argument("--version", action="version", version=f"l3s1 {metadata.version('l3s1')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="open the course in a browser (Voilà)")
    lab = commands.add_parser("lab", help="open the lessons in JupyterLab")
    check = commands.add_parser("check", help="check every file of the course's content")
    check.add_argument(
        "--links",
        action="store_true",
        help="also try the cases' links into activities, which have to be imported for that",
    )
    items.add_arguments(commands.add_parser("items", help="check questions of your own"))
    bones.add_arguments(commands.add_parser("bones", help="write the bones as PLY files"))
    exported = commands.add_parser("export", help="write the questions for Anki, QTI or Moodle")
    export.add_arguments(exported)
    for command, port in ((serve, SERVE_PORT), (lab, LAB_PORT)):
        command.add_argument(
            "--port",
            type=_port,
            help=f"this port and no other (default: the next free from {port})",
        )
        command.add_argument("--ip", default="127.0.0.1", help="address to listen on")
        command.add_argument("--base-url", type=_base_url, default="/", help="as in /course/")
        command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    for command in (serve, lab, exported):
        command.add_argument(
            "--items",
            nargs="+",
            metavar="FILE",
            help="questions of your own, for the review and the exports (docs/items.md)",
        )
    serve.add_argument(
        "--warm-kernels",
        type=_count,
        default=2,
        metavar="N",
        help="kernels kept ready for the next lessons (default 2; 0 saves their memory)",
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        if arguments.command == "check":
            return _check(links=arguments.links)
        if arguments.command == "bones":
            return bones.run(arguments)
        if arguments.command == "items":
            return items.run(arguments)
        with items.added(arguments.items):
            if arguments.command == "export":
                return export.run(arguments)
            return _serve(arguments) if arguments.command == "serve" else _lab(arguments)
    except KeyboardInterrupt:
        return 130


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _check(*, links: bool) -> int:
    from l3s1.classroom.checked_course import CourseError, load_course

    try:
        content, course = load_course()
    except CourseError as error:
        _say(str(error))
        return PROBLEM
    if links:
        from l3s1.assessment.case_links import case_link_problems

        if problems := list(case_link_problems(content, course.folder)):
            _say("\n".join(problems))
            return PROBLEM
    print(
        f"{len(content.facts)} facts, {len(content.references)} references, "
        f"{len(content.phases)} phases, {len(content.items)} items, {len(content.cases)} cases, "
        f"{len(content.glossary)} terms, {len(content.structures)} kinds of structures, "
        f"{len(course.ready)} of {len(course.lessons)} lessons ready: no problem found."
    )
    return OK


def _serve(arguments: argparse.Namespace) -> int:
    from l3s1.classroom.checked_course import CourseError, load_course
    from l3s1.classroom.ports import PortError, bind
    from l3s1.classroom.serving import serve

    try:
        _, course = load_course()
    except CourseError as error:
        _say(str(error))
        return UNUSABLE
    if not (BUILT_FILES / "tokens.css").is_file():
        _say(f"The front end has not been built ({BUILT_FILES} is missing): run `make install`.")
        return UNUSABLE
    try:
        sockets, port = bind(arguments.ip, arguments.port, SERVE_PORT)
    except PortError as error:
        _say(str(error))
        return UNUSABLE
    if arguments.port is None and port != SERVE_PORT:
        _say(
            f"Port {SERVE_PORT} is in use, so this is port {port}. A browser keeps a student's "
            "progress by address: what was done at the other one is not shown here (it can be "
            "saved there as a file, and brought back here)."
        )
    serve(
        course,
        sockets,
        ip=arguments.ip,
        port=port,
        base_url=arguments.base_url,
        warm_kernels=arguments.warm_kernels,
        open_browser=not arguments.no_browser,
    )
    return OK


def _lab(arguments: argparse.Namespace) -> int:
    from l3s1.classroom.checked_course import CourseError, load_course
    from l3s1.classroom.lab import lab_folder, run_lab
    from l3s1.classroom.ports import PortError, bind

    try:
        _, course = load_course()
        sockets, port = bind(arguments.ip, arguments.port, LAB_PORT)
        folder = lab_folder(course.folder)
    except (CourseError, PortError) as error:
        _say(str(error))
        return UNUSABLE
    except OSError as error:
        _say(f"The lessons can't be copied here ({error}). Start l3s1 lab in a folder of yours.")
        return UNUSABLE
    for socket in sockets:
        socket.close()  # JupyterLab opens the port itself
    return run_lab(
        folder,
        ip=arguments.ip,
        port=port,
        base_url=arguments.base_url,
        open_browser=not arguments.no_browser,
    )


if __name__ == "__main__":
    sys.exit(main())
