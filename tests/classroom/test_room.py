"""Memory for another student: the machine's, or a container's; a page says when there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import pytest

from l3s1.classroom import room

if TYPE_CHECKING:
    from tests.classroom.conftest import Start

MIB = 2**20
LESSON = "voila/render/00-sample-lesson.ipynb"


def container(folder: Path, limit: str, used_mib: float, cached_mib: float = 0.0) -> Path:
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{int(used_mib * MIB)}\n")
    stat = f"anon 12345\ninactive_file {int(cached_mib * MIB)}\nactive_file 1\n"
    (folder / "memory.stat").write_text(stat)
    return folder


def machine_mib() -> float:
    return float(psutil.virtual_memory().available) / MIB


def test_a_container_may_use_what_is_left_of_its_limit(tmp_path: Path) -> None:
    small = container(tmp_path, str(300 * MIB), used_mib=200.0)
    assert room.available_mib(small) == pytest.approx(100.0)


def test_what_a_container_only_caches_is_free(tmp_path: Path) -> None:
    small = container(tmp_path, str(300 * MIB), used_mib=290.0, cached_mib=50.0)
    assert room.available_mib(small) == pytest.approx(60.0)


@pytest.mark.parametrize("limit", ["max", "", "nonsense"])
def test_without_a_limit_the_machine_decides(tmp_path: Path, limit: str) -> None:
    free = container(tmp_path, limit, used_mib=200.0)
    assert room.available_mib(free) == pytest.approx(machine_mib(), rel=0.2)
    assert room.available_mib(tmp_path / "no such folder") == pytest.approx(machine_mib(), rel=0.2)


def test_a_limit_beyond_the_machine_gives_no_more_than_there_is(tmp_path: Path) -> None:
    large = container(tmp_path, str(10**18), used_mib=0.0)
    assert room.available_mib(large) == pytest.approx(machine_mib(), rel=0.2)


def test_a_full_machine_is_said_on_a_page_and_starts_nothing(tmp_path: Path, start: Start) -> None:
    full = start(tmp_path / "lessons", environment={"L3S1_SAMPLE_NEEDED_MIB": "1e12"})
    answer = full.request(LESSON)
    assert answer.status == 503
    assert answer.headers["retry-after"].isdigit()
    assert "The course is full" in answer.text
    assert "try again" in answer.text
    # at most the process that kernels would be forked from
    assert len(psutil.Process(full.process.pid).children(recursive=True)) <= 1
    assert full.request("").status == 200
