"""What is wrong with the content, said so that an author can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: the file, its line, the place inside, what is wrong and what to do."""

    file: str
    line: int
    where: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.where}: {self.wrong}; {self.remedy}"


class ContentError(Exception):
    """The course's content can't be used; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = f"The course's content has {count} problem{'s' if count != 1 else ''}:"
        super().__init__("\n".join([head, *(str(problem) for problem in self.problems)]))
