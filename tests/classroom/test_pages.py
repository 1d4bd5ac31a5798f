"""The map, lessons and error pages, as a browser gets them."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from l3s1.classroom.channels import PROTOCOL

if TYPE_CHECKING:
    from tests.classroom.conftest import Answer, RunningCourse

NOTEBOOK = "00-sample-lesson.ipynb"
LESSON = f"voila/render/{NOTEBOOK}"
SOURCE = "widgets.IntSlider"
READY = [True, False, False, True, True, True, True]
"""Which of the made-up lessons open."""


def test_the_map_lists_every_lesson_and_links_only_ready_ones(course: RunningCourse) -> None:
    page = course.request("").text
    rows = re.findall(r"<li class=.*?</li>", page, re.DOTALL)
    assert ["ready" in row.split(">")[0] for row in rows] == READY
    assert [bool(re.search(r"<a\s", row)) for row in rows] == READY
    assert [row.count("in preparation") for row in rows] == [int(not each) for each in READY]


def test_pages_say_which_lesson_progress_is_of(course: RunningCourse) -> None:
    rows = re.findall(r"<li class=.*?>", course.request("").text)
    assert ["data-number=" in row and "data-items=" in row for row in rows] == READY
    assert 'data-number="00"' in course.request(LESSON).text
    script = re.search(r'src="/(l3s1/static/progress_page.js[^"]*)"', course.request("").text)
    assert script
    assert course.request(script.group(1)).status == 200


def test_the_map_is_small_and_asks_no_other_host(course: RunningCourse) -> None:
    page = course.request("")
    assert len(page.body) <= 15_000
    assert re.findall(r"(?:https?:)?//[a-z]", page.text) == []
    assert '<html lang="en">' in page.text
    assert "It is not advice for one patient" in page.text


def test_pages_may_load_from_this_server_only(course: RunningCourse) -> None:
    policy = course.request("").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert re.findall(r"https?:|\*", policy) == []


def test_addresses_follow_the_base_url(course_below: RunningCourse) -> None:
    page = course_below.request("").text
    addresses = re.findall(r'(?:href|src)="([^"#]+)"', page)
    assert addresses
    assert [each for each in addresses if not each.startswith("/user/ada/")] == []
    assert course_below.request(LESSON).status == 200


def test_the_bare_base_url_leads_to_the_map(course_below: RunningCourse) -> None:
    bare = replace(course_below, address=course_below.address.rstrip("/")).request("")
    assert (bare.status, bare.headers["location"]) == (302, "/user/ada/")


def settings_of(lesson: Answer) -> dict[str, object]:
    """What the page tells its scripts."""
    found = re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', lesson.text)
    assert found
    data: dict[str, object] = json.loads(found.group(1))
    return data


def test_a_lesson_sends_its_text_before_anything_has_run(course: RunningCourse) -> None:
    page = course.request(LESSON).text
    last_text = page.index('id="Sources"')
    assert last_text < page.index('<script type="application/vnd.voila.cell-output+json">')
    assert page.index('id="jupyter-config-data"') < last_text


def test_a_lesson_shows_outputs_and_no_code(course: RunningCourse) -> None:
    lesson = course.request(LESSON)
    assert lesson.headers["cache-control"] == "no-store"
    assert "<title>00 Sample lesson – Lumbar fusion L3–S1</title>" in lesson.text
    assert lesson.text.count('<script type="application/vnd.voila.cell-output+json">') == 3
    assert SOURCE not in lesson.text
    assert 'data-voila="voila"' in lesson.text
    assert 'rel="next" href="/voila/render/03-failing-lesson.ipynb"' in lesson.text


def test_a_lesson_is_compressed_while_it_streams(course: RunningCourse) -> None:
    lesson = course.request(LESSON, headers={"Accept-Encoding": "gzip"})
    assert lesson.headers["content-encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(lesson.body)


def test_a_failing_step_says_so_and_keeps_details_to_the_server(course: RunningCourse) -> None:
    page = course.request("voila/render/03-failing-lesson.ipynb").text
    assert "could not be computed" in page
    assert "ZeroDivisionError" not in page
    assert 'id="Later-text"' in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("voila/render/nonsense.ipynb", "There is no lesson called “nonsense”"),
        ("voila/render/01-later-lesson.ipynb", "Lesson 01 is in preparation"),
        ("voila/render/sub/00-sample-lesson.ipynb", "There is no lesson called"),
        ("nowhere", "There is nothing at this address"),
    ],
)
def test_what_is_not_there_leads_to_the_map(
    course: RunningCourse, address: str, words: str
) -> None:
    answer = course.request(address)
    assert answer.status == 404
    assert words in answer.text
    assert 'href="/">Open the course map</a>' in answer.text


HOSTILE = '<script>alert("x")</script>'


def test_hostile_names_are_shown_escaped(course: RunningCourse) -> None:
    answer = course.request(f"voila/render/{quote(HOSTILE)}.ipynb")
    assert answer.status == 404
    assert "&lt;script&gt;alert" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        f"day={quote(HOSTILE)}&show={quote(HOSTILE)}",
        "template=lab&theme=dark&voila-template=reveal",
        "day=%00&day=%ff%fe&day=" + "9" * 5000,
        "a=1&a[]=2&=3&&",
    ],
)
def test_queries_do_not_change_what_the_server_sends(course: RunningCourse, query: str) -> None:
    answer = course.request(f"{LESSON}?{query}")
    assert answer.status == 200
    assert 'class="l3s1-page lesson' in answer.text
    assert "alert(" not in answer.text
    assert "9999999999" not in answer.text


def test_the_map_as_a_notebook_leads_to_the_map(course: RunningCourse) -> None:
    for address in ("voila/render/index.ipynb", "voila/render/", "voila/tree", "voila/tree/x"):
        answer = course.request(address)
        assert (answer.status, answer.headers["location"]) == (302, "/")


@pytest.mark.parametrize(
    "address",
    [
        f"voila/files/{NOTEBOOK}",
        f"voila/api/contents/{NOTEBOOK}?content=1",
        f"api/contents/{NOTEBOOK}",
        f"files/{NOTEBOOK}",
        f"notebooks/{NOTEBOOK}",
        NOTEBOOK,
        f"voila/static/{NOTEBOOK}",
        "voila/templates/lab/static/../index.html.j2",
        "l3s1/static/../server.py",
        "l3s1/static/%2e%2e/server.py",
        "l3s1/static/..%5cserver.py",
        "l3s1/static//etc/passwd",
        "voila/labextensions/../../../../etc/passwd",
        f"voila/render/../{NOTEBOOK}",
        f"voila/render/%2e%2e/{NOTEBOOK}",
        "voila/render/%2fetc%2fpasswd",
        "api/kernels",
        "api/status",
        "api/terminals",
        "login",
    ],
)
def test_nothing_else_is_served(course: RunningCourse, address: str) -> None:
    answer = course.request(address)
    assert answer.status == 404
    assert SOURCE not in answer.text
    assert "root:" not in answer.text


def test_kernels_are_not_for_the_taking(course: RunningCourse) -> None:
    lesson = course.request(LESSON)
    kernel = settings_of(lesson)["kernelId"]
    assert course.request(f"api/kernels/{kernel}").status == 200
    assert course.request(f"api/kernels/{kernel}", method="DELETE").status in (403, 405)
    assert course.request(f"api/kernels/{kernel}/restart", method="POST").status == 404
    assert course.request("api/kernels", method="POST", body="{}").status == 404
    assert course.request(f"voila/api/shutdown/{kernel}", method="POST").status == 403
    assert course.request(f"api/kernels/{kernel}").status == 200


def test_a_page_that_closes_ends_its_kernel(course: RunningCourse) -> None:
    lesson = course.request(LESSON)
    kernel = settings_of(lesson)["kernelId"]
    found = re.search(r"_xsrf=([^;]+)", lesson.headers["set-cookie"])
    assert found
    ended = course.request(
        f"voila/api/shutdown/{kernel}",
        method="POST",
        headers={
            "Cookie": f"_xsrf={found.group(1)}",
            "Content-Type": "application/x-www-form-urlencoded",
        },
        body=f"_xsrf={quote(found.group(1))}",
    )
    assert ended.status == 204
    assert course.request(f"api/kernels/{kernel}").status == 404


def test_every_page_has_a_kernel_of_its_own(course: RunningCourse) -> None:
    kernels = {settings_of(course.request(LESSON))["kernelId"] for _ in range(2)}
    assert len(kernels) == 2


def test_another_name_for_this_computer_is_refused(course: RunningCourse) -> None:
    answer = course.request("", headers={"Host": "attacker.example"})
    assert answer.status == 403
    assert "Use the address that l3s1 printed" in answer.text


def test_another_site_may_not_talk_to_a_kernel(course: RunningCourse) -> None:
    kernel = settings_of(course.request(LESSON))["kernelId"]
    answer = course.request(
        f"api/kernels/{kernel}/channels",
        headers={
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Protocol": PROTOCOL,
            "Origin": "http://attacker.example",
        },
    )
    assert answer.status == 403
