"""The review page in a real browser. Skipped where playwright or chromium is not installed; neither is needed to make the page.

With YOJITSU_AXE naming a file axe.min.js (npm: axe-core), accessibility is checked too.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.generated.browser import chromium
from tests.pipeline.read.variants import small
from tests.pipeline.review.made import HOSTILE, documents, handed_over, ingested, of, rows, with_finding, written

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(chromium() is None, reason="no chromium is installed")

SHEET, PLAN, LONG = "sheet.pdf", "plan.md", "long.pdf"
WIDTHS = {"desk": (1280, 800), "telephone": (390, 844)}
# What axe calls minor or moderate is looked at by a person.
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A written page of the small documents and of one of 300 pages."""
    place = tmp_path_factory.mktemp("browsed")
    (place / "raw").mkdir()
    documents(place / "raw")
    with pikepdf.new() as long, pikepdf.open(io.BytesIO(small("sheet_bands"))) as one:
        for _ in range(300):
            long.pages.extend(one.pages)
        long.save(place / "raw" / LONG)
    ingested(place / "raw", place / "out")
    with_finding(place / "out", SHEET)
    assert written(place / "raw", place / "out", place / "page") == 0
    return place / "page"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=WIDTHS.values(), ids=list(WIDTHS))
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page at each width, without network, that may say nothing on the console."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    opened, said = context.new_page(), []
    opened.set_default_timeout(8000)
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url))
    yield opened
    context.close()
    assert said == []


def open_document(page: Any, folder: Path, name: str) -> Any:
    """Opens a document; what its script holds."""
    data = of(folder, name)
    page.goto((folder / "index.html").as_uri() + f"#{data['id']}")
    page.wait_for_selector(".row")
    return data


def in_sight(page: Any, selector: str) -> bool:
    """Whether an element lies within the part of its scrolled pane that is seen."""
    inside: bool = page.evaluate(
        """(selector) => {
            const one = document.querySelector(selector).getBoundingClientRect();
            const pane = document.querySelector(selector).closest(".sheets, .lines, .list").getBoundingClientRect();
            return one.top >= pane.top - 1 && one.bottom <= pane.bottom + 1 && one.left >= pane.left - 1 && one.right <= pane.right + 1;
        }""",
        selector,
    )
    return inside


def test_a_row_leads_to_its_box_and_to_the_words_that_decided(page: Any, folder: Path) -> None:
    data = open_document(page, folder, SHEET)
    fact = rows(data["facts"])[-1]
    page.focus("#list")
    page.keyboard.press("End")
    assert page.get_attribute(".row.selected", "id") == f"row-{fact['fact_id']}"
    page.wait_for_selector(f".box.selected[data-id={fact['fact_id']}]")
    assert in_sight(page, ".box.selected")
    tags = "・".join(page.locator(".mark .tag").all_inner_texts())
    assert all(word in tags for word in ("種別", "年度"))
    assert fact["role_from"] in page.inner_text(".detail")


def test_a_box_stands_where_the_number_is_printed(page: Any, folder: Path) -> None:
    data = open_document(page, folder, SHEET)
    fact, (width, height, *_) = rows(data["facts"])[0], data["pages"][0]
    at = page.locator(f".box[data-id={fact['fact_id']}]").bounding_box()
    sheet = page.locator(".sheet").first.bounding_box()
    centre = ((at["x"] + at["width"] / 2 - sheet["x"]) / sheet["width"], (at["y"] + at["height"] / 2 - sheet["y"]) / sheet["height"])
    assert centre == pytest.approx(((fact["x0"] + fact["x1"]) / 2 / width, (fact["top"] + fact["bottom"]) / 2 / height), abs=0.005)


@pytest.mark.parametrize(("name", "box"), [(SHEET, ".box.cost"), (PLAN, ".box.actual")])
def test_a_box_leads_to_its_row(page: Any, folder: Path, name: str, box: str) -> None:
    open_document(page, folder, name)
    last = page.locator(box).last
    last.scroll_into_view_if_needed()
    last.click()
    page.wait_for_selector(".row.selected")
    assert in_sight(page, ".row.selected")
    assert page.locator(".box.selected").count() == 1
    assert page.inner_text(".detail").startswith(page.inner_text(".row.selected .badge"))


def test_an_unclaimed_numeral_says_its_reason(page: Any, folder: Path) -> None:
    open_document(page, folder, PLAN)
    numeral = page.locator(".box.unclaimed", has_text="03-1234-5678")
    numeral.click()
    assert "電話番号" in page.inner_text(".detail") and "電話番号" in page.inner_text(".row.selected")
    assert page.get_attribute(".toggle.unclaimed", "aria-pressed") == "true"


def test_two_facts_in_one_place_are_reached_by_clicking_again(page: Any, folder: Path) -> None:
    """A unit that two numbers of a range share, or two years of one number: each click takes the next."""
    data = open_document(page, folder, PLAN)
    shared = [row for row in rows(data["facts"]) if row["raw"] in ("3", "5回")]
    assert len(shared) == 2
    for fact in shared:
        page.locator(f"[data-ids~={fact['fact_id']}]").first.click()
        assert page.get_attribute(".row.selected", "id") == f"row-{fact['fact_id']}"


def test_filters_leave_what_they_name(page: Any, folder: Path) -> None:
    data = open_document(page, folder, SHEET)
    facts = rows(data["facts"])
    for kind in ("finding", "actual", "baseline", "cost"):
        page.click(f".toggle.{kind}")
    targets = [row for row in facts if row["kind"] == "target"]
    assert 0 < len(targets) < len(facts)
    assert page.get_attribute(".row", "aria-setsize") == str(len(targets))
    assert page.locator(".box.cost.off").count() == sum(row["kind"] == "cost" for row in facts)
    page.reload()
    page.wait_for_selector(".row")
    year = next(str(row["fiscal_year"]) for row in facts if row["fiscal_year"])
    page.select_option("[aria-label=年度でしぼり込む]", year)
    assert page.inner_text(".found").split()[1] == str(sum(str(row["fiscal_year"]) == year for row in facts))
    page.select_option("[aria-label=年度でしぼり込む]", "")
    page.select_option("[aria-label=指摘・理由でしぼり込む]", "rule:rate")
    assert page.locator(".row").count() == 3
    page.select_option("[aria-label=指摘・理由でしぼり込む]", "")
    wanted = facts[-1]["indicator"]
    page.fill("input[type=search]", wanted)
    names = page.locator(".row.fact .name").all_inner_texts()
    assert names and all(wanted in name for name in names)


def test_findings_come_first_and_lead_to_their_facts(page: Any, folder: Path) -> None:
    data = open_document(page, folder, SHEET)
    (finding,) = rows(data["findings"])
    assert "finding" in (page.locator(".row").first.get_attribute("class") or "").split()
    page.locator(".row").first.click()
    assert page.locator(".box.selected").count() == len(finding["fact_ids"])
    assert finding["message"] in page.inner_text(".detail")
    page.locator(".detail .chip").first.click()
    assert page.get_attribute(".row.selected", "id") == f"row-{finding['fact_ids'][0]}"


def test_the_keyboard_steps_searches_and_lets_go(page: Any, folder: Path) -> None:
    data = open_document(page, folder, SHEET)
    order = [*(row["finding_id"] for row in rows(data["findings"])), *(row["fact_id"] for row in rows(data["facts"]))]
    for key, at in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        assert page.get_attribute(".row.selected", "id") == f"row-{order[at]}"
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("input[type=search]") == "jk"
    page.keyboard.press("Escape")
    assert page.input_value("input[type=search]") == ""
    page.keyboard.press("Escape")
    assert page.locator(".row.selected").count() == 0


def test_tab_reaches_every_control_and_the_list(page: Any, folder: Path) -> None:
    open_document(page, folder, SHEET)
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.type"))
    assert reached.index("back") < reached.index("sheets") < reached.index("search") < reached.index("list")


def test_an_address_opens_its_fact(page: Any, folder: Path) -> None:
    data = of(folder, SHEET)
    fact = rows(data["facts"])[3]
    page.goto((folder / "index.html").as_uri() + f"#{data['id']}/{fact['fact_id']}")
    page.wait_for_selector(".box.selected")
    assert page.get_attribute(".row.selected", "id") == f"row-{fact['fact_id']}"
    page.click(".back")
    page.wait_for_selector(".shelf")
    page.go_back()
    page.wait_for_selector(".reader")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ((2024, "2024-04-01", "2025-03-31"), ["2024", "R6", ""]),
        ((2013, "2013-10-31", "2013-10-31"), ["2013", "H25", "2013/10/31"]),
        ((None, "2010-01-01", "2010-12-31"), ["2010", "暦年", "2010/01/01～2010/12/31"]),
        ((None, "2010-04-01", "2010-09-30"), ["2010", "4–9月", "2010/04/01～2010/09/30"]),
        ((None, None, None), ["", "", ""]),
    ],
)
def test_a_year_is_told_from_a_calendar_year_and_a_day(browser: Any, folder: Path, fact: tuple[Any, ...], said: list[str]) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    row = dict(zip(("fiscal_year", "period_start", "period_end"), fact, strict=True))
    assert page.evaluate("(row) => [...yojitsu.year(row), yojitsu.days(row)]", row) == said
    page.close()


def test_copied_facts_are_csv(page: Any, folder: Path) -> None:
    """By the browser's clipboard where it gives one, else by the old way."""
    data = open_document(page, folder, PLAN)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no clipboard')); }")
    page.evaluate("() => document.addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    page.click(".foot .small")
    page.wait_for_function("window.copied")
    lines = list(csv.DictReader(io.StringIO(page.evaluate("window.copied"), newline="")))
    facts = rows(data["facts"])
    assert [line["fact_id"] for line in lines] == [row["fact_id"] for row in facts]
    assert [line["indicator"] for line in lines] == [row["indicator"] for row in facts]
    assert {line["document_id"] for line in lines} == {data["id"]} and not any(name.endswith("_at") for name in lines[0])


def test_hostile_text_is_shown_as_text(page: Any, folder: Path) -> None:
    open_document(page, folder, PLAN)
    assert HOSTILE in page.locator(".row .name").all_inner_texts()
    assert HOSTILE in page.inner_text("[data-line='6']").replace("名称", "")
    assert page.locator("img").count() == 0


def test_three_hundred_pages_open_fast(page: Any, folder: Path) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    data = open_document(page, folder, LONG)
    page.wait_for_selector(".box")
    spent = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    assert len(data["pages"]) == 300
    assert spent["ScriptDuration"] < 3
    assert page.locator(".row").count() < 60 and page.locator(".overlay:has(.box)").count() < 12
    page.focus("#list")
    page.keyboard.press("End")
    page.wait_for_selector(".sheet[data-page='300'] .box.selected")
    assert in_sight(page, ".box.selected")


def test_nothing_is_wider_than_the_window(page: Any, folder: Path) -> None:
    for name in ("", SHEET, PLAN):
        page.goto((folder / "index.html").as_uri() + (f"#{of(folder, name)['id']}" if name else ""))
        page.wait_for_selector(".reader" if name else ".shelf")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_list_of_documents_says_why_one_could_not_be_read(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector(".shelf")
    overview = handed_over(folder / "documents.js")
    zero = next(row for row in overview["documents"] if row["source_name"] == "zero.pdf")
    assert zero["reason"] in page.inner_text("table")
    page.click(".grave a")
    page.wait_for_selector(".row.finding.selected")


def test_a_folder_copied_in_part_says_what_is_missing(browser: Any, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "page", ignore=shutil.ignore_patterns("d_*.js", "pages"))
    page = browser.new_page()
    page.goto((tmp_path / "page" / "index.html").as_uri() + f"#{of(folder, SHEET)['id']}")
    page.wait_for_selector("main.message")
    assert re.search(r"data/d_\w+\.js がありません", page.inner_text("main"))
    page.close()


@pytest.mark.skipif("YOJITSU_AXE" not in os.environ, reason="YOJITSU_AXE names no axe.min.js")
def test_axe_finds_no_grave_fault(page: Any, folder: Path) -> None:
    for name in ("", SHEET, PLAN):
        page.goto((folder / "index.html").as_uri() + (f"#{of(folder, name)['id']}" if name else ""))
        page.wait_for_selector(".reader" if name else ".shelf")
        if name:
            page.click(".toggle.unclaimed")
            page.keyboard.press("j")
        page.add_script_tag(path=os.environ["YOJITSU_AXE"])
        found = page.evaluate("axe.run({ preload: false })")["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found if one["impact"] in GRAVE] == []
