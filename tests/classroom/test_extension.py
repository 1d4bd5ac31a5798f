"""The static files in any Jupyter server."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

from tornado.testing import AsyncHTTPTestCase
from tornado.web import Application

import l3s1
from l3s1 import classroom
from l3s1.scene.plotly_bundle import PLOTLY_FILE


class TestExtension(AsyncHTTPTestCase):
    def get_app(self) -> Application:
        web_app = Application(base_url="/user/ada/")
        log = SimpleNamespace(debug=lambda *_: None)
        classroom._load_jupyter_server_extension(SimpleNamespace(web_app=web_app, log=log))
        return web_app

    def test_it_is_mounted_below_the_base_url(self) -> None:
        assert self.fetch(f"/user/ada/l3s1/static/{PLOTLY_FILE}", method="HEAD").code == 200
        assert self.fetch(f"/l3s1/static/{PLOTLY_FILE}", method="HEAD").code == 404


def test_jupyter_finds_it() -> None:
    assert classroom._jupyter_server_extension_points() == [{"module": "l3s1.classroom"}]
    config = Path(l3s1.__file__).parent.parent / "jupyter-config" / "l3s1.json"
    extensions = json.loads(config.read_text())["ServerApp"]["jpserver_extensions"]
    assert extensions == {"l3s1.classroom": True}
