from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

import yojitsu
from tests.yojitsu.made import document, target, written
from yojitsu.cutout import RED, TINT
from yojitsu.where import NotFound


def folder_with(tmp_path: Path, data: bytes, path: str, **place: object) -> Path:
    """Tables with one fact in one document, whose file lies at data/raw."""
    raw = tmp_path / "data" / "raw" / path
    raw.parent.mkdir(parents=True)
    raw.write_bytes(data)
    known = document() | {"source_path": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    return written(tmp_path / "data" / "parquet", [known], targets=[target("f_1", 640, raw="640", role_from="<目標>", **place)])


def red_box(picture: object) -> tuple[int, int, int, int]:
    """Around all pixels of the frame's colour."""
    width, height = picture.size  # type: ignore[attr-defined]
    pixels = picture.load()  # type: ignore[attr-defined]
    at = [(x, y) for y in range(height) for x in range(width) if pixels[x, y] == RED]
    assert at
    return min(x for x, _ in at), min(y for _, y in at), max(x for x, _ in at), max(y for _, y in at)


def test_the_number_is_framed_where_it_stands_on_its_page(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    # The second line of the page: its letters stand 131 to 142 points below the top edge.
    out = folder_with(tmp_path, make_pdf("target 2024", "640"), "a/plan.pdf", page=1, x0=72.0, top=131.0, x1=92.0, bottom=143.0)
    fact = yojitsu.fact("f_1", out=out)
    whole, strip = fact.show(whole=True), fact.show()
    x0, top, x1, bottom = red_box(whole)
    assert (x0 < 72 * 2 < 92 * 2 < x1) and (top < 131 * 2 < 143 * 2 < bottom) and x1 - x0 < 80 and bottom - top < 60
    inside = whole.crop((x0 + 6, top + 6, x1 - 6, bottom - 6)).convert("L").getextrema()
    assert inside[0] < 60, "the figure's ink stands inside the frame"
    assert strip.width == whole.width and strip.height < whole.height


def test_a_number_of_a_text_file_is_marked_in_its_line(tmp_path: Path) -> None:
    out = folder_with(tmp_path, "一行目\n目標 640件\n三行目\n".encode("cp932"), "plan.txt", line=2)
    picture = yojitsu.fact("f_1", out=out).show()
    assert picture.height > 4 * 40
    pixels = picture.load()
    marked = {y for y in range(picture.height) for x in range(picture.width) if pixels[x, y] == TINT}
    assert picture.height / 5 < min(marked) < max(marked) < picture.height * 3 / 5


def test_the_file_is_found_where_it_was_moved_to_and_other_bytes_are_refused(tmp_path: Path) -> None:
    out = folder_with(tmp_path, b"640", "plan.txt", line=1)
    raw = tmp_path / "data" / "raw"
    (raw / "plan.txt").rename(raw / "renamed.txt")
    assert yojitsu.fact("f_1", out=out).file == raw / "renamed.txt"
    (raw / "plan.txt").write_bytes(b"641")
    assert yojitsu.fact("f_1", out=out).file == raw / "renamed.txt"
    (raw / "renamed.txt").unlink()
    with pytest.raises(NotFound, match=r"plan\.txt"):
        yojitsu.fact("f_1", out=out).show()


def test_a_fact_describes_itself_in_a_notebook_with_what_is_printed_escaped(tmp_path: Path) -> None:
    shown = yojitsu.fact("f_1", out=folder_with(tmp_path, b"640", "plan.txt", line=1))._repr_html_()
    assert "&lt;目標&gt;" in shown and "<目標>" not in shown and "l. 1" in shown and "640 件" in shown


def test_a_fact_that_no_table_has_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="f_2"):
        yojitsu.fact("f_2", out=folder_with(tmp_path, b"640", "plan.txt", line=1))
