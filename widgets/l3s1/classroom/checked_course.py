"""The course, loaded and checked; every problem in one text."""

from __future__ import annotations

from l3s1.classroom.course_map import CourseMap, course_map
from l3s1.content import Content, ContentError, lessons_folder, load_content


class CourseError(Exception):
    """The course can't be served; the text lists every problem, a line each."""


def load_course() -> tuple[Content, CourseMap]:
    """Load the content and the map of lessons. Raises `CourseError`."""
    try:
        content = load_content()
        course = course_map(content, lessons_folder())
    except (ContentError, FileNotFoundError) as error:
        raise CourseError(str(error)) from error
    missing = course.missing_notebooks()
    if missing:
        raise CourseError(
            "\n".join(
                f"{course.folder / name}: the notebook of a lesson that is marked ready is "
                "missing; add it, or set the lesson's status to in_preparation"
                for name in missing
            )
        )
    return content, course
