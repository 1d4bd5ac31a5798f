"""What the widgets of the assessment share: their code, which a page loads once."""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import traitlets

from l3s1.activities.widget import ActivityWidget
from l3s1.scene.code_once import CodeOnce
from l3s1.scene.shared_files import SharedFile, answering, hashed_name
from l3s1.scene.static import static_file


@cache
def assessment_file() -> SharedFile:
    """The code of all assessment views as pages ask for it: once a browser."""
    content = static_file("assessment.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("assessment.js", content), packed)


class AssessmentWidget(CodeOnce, ActivityWidget):
    """A widget whose view is a loader (`view_name`) of a view in `assessment.js`.

    `files` are further shared files that its view may ask the kernel for.
    """

    _assessment_file = traitlets.Unicode().tag(sync=True)

    def __init__(self, *files: SharedFile, **traits: Any) -> None:
        self.carry_code()
        code = assessment_file()
        super().__init__(_assessment_file=code.name, **traits)
        self.on_msg(answering(code, *files))
