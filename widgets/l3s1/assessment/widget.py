"""What the widgets of the assessment share: their code, which a page loads once."""

from __future__ import annotations

import gzip
from collections.abc import Collection
from functools import cache
from typing import Any

import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.widget import ActivityWidget
from l3s1.scene.code_once import CodeOnce
from l3s1.scene.shared_files import SharedFile, answering, engine_file, hashed_name
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


class ItemWidget(AssessmentWidget):
    """One that asks items of these `types`: pictures and the 3D model can be loaded.

    The page loads the engine when a student opens the model, the pictures when they are shown.
    """

    _engine_file = traitlets.Unicode().tag(sync=True)
    _pack_file = traitlets.Unicode().tag(sync=True)
    _pictures: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)

    def __init__(self, types: Collection[str], *files: SharedFile, **traits: Any) -> None:
        if {"label_picture", "find_in_3d"} & {*types}:
            engine, anatomy = engine_file(), course_anatomy()
            traits["_engine_file"] = engine.name
            traits["_pack_file"] = anatomy.file.name
            traits["_pictures"] = {name: file.name for name, file in anatomy.pictures.items()}
            files = (*files, engine, anatomy.file, *anatomy.pictures.values())
        super().__init__(*files, **traits)
