"""Pictures with numbered marks: numbers that can be read, and point where the marks lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from read_xml import read_xml

from l3s1.assessment.exchange.pictures import webp_size

if TYPE_CHECKING:
    from tests.assessment.exchange.conftest import Carry

SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_holds_all_it_needs_and_a_number_a_mark(carried: Carry) -> None:
    picture = carried("label_picture").items[0].picture
    assert picture is not None
    drawing = read_xml(picture.content)
    images = drawing.findall(f"{SVG}image")
    assert [each.get("href", "")[:23] for each in images] == ["data:image/webp;base64,"]
    assert [each.text for each in drawing.findall(f"{SVG}text")] == ["1", "2", "3"]
    _, _, width, height = (float(each) for each in drawing.get("viewBox", "").split())
    for line in drawing.findall(f"{SVG}line"):
        assert 0 <= float(line.get("x2", "")) <= width
        assert 0 <= float(line.get("y2", "")) <= height
    assert picture.words.startswith("The model of the lumbar spine")
    assert "1: " in picture.words
    assert "pedicle" not in picture.words


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (b"VP8 " + bytes(10) + b"\x80\x02\xe0\x01", (640, 480)),
        (b"VP8L" + bytes(4) + b"\x2f" + (639 | 479 << 14).to_bytes(4, "little"), (640, 480)),
        (b"VP8X" + bytes(8) + b"\x7f\x02\x00\xdf\x01\x00", (640, 480)),
    ],
)
def test_the_size_is_read_from_each_kind_of_webp(head: bytes, size: tuple[int, int]) -> None:
    assert webp_size(b"RIFF\0\0\0\0WEBP" + head) == size


def test_what_is_no_webp_is_refused() -> None:
    with pytest.raises(ValueError, match="no WebP picture"):
        webp_size(b"\x89PNG\r\n\x1a\n" + bytes(20))
