"""Code of a view that a page with many widgets of one kind gets once.

anywidget sends a view's code with each widget. Where a lesson has seven charts that is six times
too often. Here the first live widget of a kind carries code and style sheet; the others carry a
line that waits until that code is there (`widgets/frontend/src/code_once.ts` hands it over).
"""

from __future__ import annotations

import weakref
from typing import Any

import traitlets

from l3s1.scene.static import static_file

_WAITING = (
    'const p=globalThis[Symbol.for("l3s1.view.{name}")]??={{}};'
    "export default async()=>{{"
    "const v=await(p.view??=new Promise(f=>p.found=f));"
    'return typeof v==="function"?v():v}}'
)

_carriers: dict[str, weakref.ref[Any]] = {}


class CodeOnce(traitlets.HasTraits):
    """For a widget class: `view_name` names the built view, `readings` for `readings.js`."""

    view_name: str

    def carry_code(self) -> None:
        """Take the view's code, or the line that waits for it where another widget carries it.

        Call it before anywidget sends the widget's state.
        """
        name = self.view_name
        known = _carriers.get(name)
        carrier = known() if known else None
        if carrier is None or carrier.comm is None:
            _carriers[name] = weakref.ref(self)
            code, style = (
                static_file(f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")
            )
        else:
            code, style = _WAITING.format(name=name), ""
        self.add_traits(
            _esm=traitlets.Unicode(code).tag(sync=True),
            _css=traitlets.Unicode(style).tag(sync=True),
        )
