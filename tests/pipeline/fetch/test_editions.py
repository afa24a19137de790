"""Documents that change, come back, share their bytes or lose their files: everything that was here stays as it was."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pipeline.fetch import Busy, refresh
from pipeline.fetch.cards import Card
from pipeline.fetch.shelf import Shelf
from tests.pipeline.fetch.shop import ONE, THREE, TWO, Status, card, fetched, file_at, held, leftovers, only, page_at, sha256
from tests.pipeline.fetch.site import Site, Time, body, marked, settings, status

DAY = 86_400


def test_a_changed_document_lies_beside_the_old_one(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/計画.pdf", marked(ONE)))
    site.answers["/%E8%A8%88%E7%94%BB.pdf"] = [marked(ONE), marked(TWO)]
    only(raw, time, origin)
    time.sleep(DAY)
    one = only(raw, time, origin)
    assert (one.status, one.file) == (Status.CHANGED, "plan/計画.2026-11-22.pdf")
    assert held(raw) == {"plan/計画.pdf": ONE, "plan/計画.2026-11-22.pdf": TWO}
    assert card(raw, "plan/計画.2026-11-22.pdf")["supersedes"] == sha256(ONE)
    assert "supersedes" not in card(raw, "plan/計画.pdf")
    # The newest edition's marks count.
    assert only(raw, time, origin).status is Status.UNCHANGED
    assert site.asked[-1].headers["if-none-match"] == card(raw, "plan/計画.2026-11-22.pdf")["etag"]


def test_two_editions_of_one_day_have_names_of_their_own(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", body(ONE), body(TWO), body(THREE)))
    for _ in range(3):
        only(raw, time, origin)
    assert held(raw) == {"plan/a.pdf": ONE, "plan/a.2026-11-21.pdf": TWO, "plan/a.2026-11-21-2.pdf": THREE}
    assert card(raw, "plan/a.2026-11-21-2.pdf")["supersedes"] == sha256(TWO)


def test_an_edition_that_comes_back_is_the_newest_again(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", body(ONE, etag='"1"'), body(TWO, etag='"2"'), body(THREE), body(ONE, etag='"4"')))
    for _ in range(4):
        last = only(raw, time, origin)
        time.sleep(DAY)
    assert (last.status, last.file) == (Status.CHANGED, "plan/a.pdf")
    assert held(raw) == {"plan/a.pdf": ONE, "plan/a.2026-11-22.pdf": TWO, "plan/a.2026-11-23.pdf": THREE}
    superseded = [card(raw, name).get("supersedes") for name in ("plan/a.pdf", "plan/a.2026-11-23.pdf", "plan/a.2026-11-22.pdf")]
    assert superseded == [sha256(THREE), sha256(TWO), None]
    assert only(raw, time, origin).status is Status.UNCHANGED
    assert site.asked[-1].headers["if-none-match"] == '"4"'


def test_the_clock_may_have_been_set_back(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", body(ONE, etag='"1"'), body(TWO, etag='"2"')))
    only(raw, time, origin)
    time.seconds -= DAY
    only(raw, time, origin)
    only(raw, time, origin)
    assert site.asked[-1].headers["if-none-match"] == '"2"'


def test_the_same_bytes_under_another_address_are_one_document(site: Site, time: Time, raw: Path) -> None:
    one, two = file_at(site.says("/a.pdf", marked(ONE))), file_at(site.says("/b.pdf", marked(ONE)), id="other", into="other")
    assert [(done.status, done.file) for done in fetched(raw, time, one, two)] == [(Status.NEW, "plan/a.pdf"), (Status.UNCHANGED, "plan/a.pdf")]
    assert held(raw) == {"plan/a.pdf": ONE}
    [further] = card(raw, "plan/a.pdf")["further"]
    assert (further["address"], further["source_id"]) == (two.address, "other")
    # Each address has its own marks.
    assert [done.status for done in fetched(raw, time, one, two)] == [Status.UNCHANGED] * 2
    assert site.asked[-1].headers["if-none-match"] == further["etag"]


def test_a_further_address_that_changes_gets_its_own_document(site: Site, time: Time, raw: Path) -> None:
    one, two = file_at(site.says("/a.pdf", body(ONE))), file_at(site.says("/b.pdf", body(ONE), body(TWO)), id="other")
    fetched(raw, time, one, two)
    time.sleep(DAY)
    assert [done.status for done in fetched(raw, time, one, two)] == [Status.UNCHANGED, Status.CHANGED]
    assert held(raw) == {"plan/a.pdf": ONE, "plan/b.2026-11-22.pdf": TWO}
    # The other address still gives the old one: it is not superseded.
    assert "supersedes" not in card(raw, "plan/b.2026-11-22.pdf")
    assert [done.status for done in fetched(raw, time, one, two)] == [Status.UNCHANGED] * 2


def test_two_documents_of_one_name_both_stay(site: Site, time: Time, raw: Path) -> None:
    one, two = file_at(site.says("/r5/plan.pdf", body(ONE))), file_at(site.says("/r6/plan.pdf", body(TWO)), id="other")
    fetched(raw, time, one, two)
    assert held(raw) == {"plan/plan.pdf": ONE, "plan/plan-2.pdf": TWO}


def test_a_file_of_a_person_is_never_replaced(site: Site, time: Time, raw: Path) -> None:
    (raw / "plan").mkdir()
    (raw / "plan/a.pdf").write_bytes(TWO)
    only(raw, time, file_at(site.says("/a.pdf", body(ONE))))
    assert held(raw) == {"plan/a.pdf": TWO, "plan/a-2.pdf": ONE}


def test_a_document_without_its_card_is_known_by_its_bytes_anywhere(site: Site, time: Time, raw: Path) -> None:
    (raw / "深い").mkdir()
    (raw / "深い/x.pdf").write_bytes(ONE)
    one = only(raw, time, file_at(site.says("/a.pdf", marked(ONE))))
    assert (one.status, one.file) == (Status.NEW, "深い/x.pdf")
    assert held(raw) == {"深い/x.pdf": ONE}
    assert card(raw, "深い/x.pdf")["sha256"] == sha256(ONE)


def test_what_a_person_wrote_on_a_card_stays(site: Site, time: Time, raw: Path) -> None:
    (raw / "x.pdf").write_bytes(ONE)
    (raw / "x.pdf.card.toml").write_text(f'title = "T"\npublisher = "Somebody"\nsha256 = "{sha256(ONE)}"\nlicence = "CC0-1.0"\n[note]\nof = "ours"\n')
    one = only(raw, time, file_at(site.says("/a.pdf", marked(ONE))))
    assert (one.status, one.file) == (Status.UNCHANGED, "x.pdf")
    said = card(raw, "x.pdf")
    assert (said["title"], said["publisher"], said["licence"], said["note"], said["plan"]) == ("T", "Somebody", "CC0-1.0", {"of": "ours"}, "Q")
    assert said["address"] == one.address


def test_a_card_that_cannot_be_read_is_left_alone(site: Site, time: Time, raw: Path) -> None:
    (raw / "x.pdf").write_bytes(ONE)
    (raw / "x.pdf.card.toml").write_text("title = ")
    one = only(raw, time, file_at(site.says("/a.pdf", body(ONE))))
    assert one.status is Status.FAILED
    assert one.reason is not None
    assert one.reason.startswith("the card x.pdf.card.toml cannot be read")
    assert (raw / "x.pdf.card.toml").read_text() == "title = "


def test_a_missing_document_comes_back_beside_its_card(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE)))
    only(raw, time, origin)
    (raw / "plan/a.pdf").unlink()
    one = only(raw, time, origin)
    assert (one.status, one.file, one.reason) == (Status.NEW, "plan/a.pdf", "the file was missing beside its card")
    assert held(raw) == {"plan/a.pdf": ONE}
    assert "if-none-match" not in site.asked[-1].headers


def test_a_document_that_was_edited_here_stays_and_the_real_one_comes_beside_it(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE)))
    only(raw, time, origin)
    (raw / "plan/a.pdf").write_bytes(TWO)
    one = only(raw, time, origin)
    assert (one.status, one.reason) == (Status.CHANGED, "plan/a.pdf no longer has the bytes of its card")
    assert held(raw) == {"plan/a.pdf": TWO, "plan/a.2026-11-21.pdf": ONE}
    assert card(raw, "plan/a.2026-11-21.pdf")["supersedes"] == sha256(TWO)
    assert only(raw, time, origin).status is Status.UNCHANGED


class Killed(BaseException):
    """What no handler catches: the process is no more."""


def test_killed_between_file_and_card_nothing_is_lost_or_doubled(site: Site, time: Time, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE), marked(TWO), marked(TWO), marked(TWO)))
    only(raw, time, origin)

    def killed(card: Card) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Card, "write", killed)
        only(raw, time, origin)
    assert held(raw) == {"plan/a.pdf": ONE, "plan/a.2026-11-21.pdf": TWO}
    assert not (raw / "plan/a.2026-11-21.pdf.card.toml").exists()
    one = only(raw, time, origin)
    assert (one.status, one.file) == (Status.CHANGED, "plan/a.2026-11-21.pdf")
    assert held(raw) == {"plan/a.pdf": ONE, "plan/a.2026-11-21.pdf": TWO}
    assert card(raw, "plan/a.2026-11-21.pdf")["supersedes"] == sha256(ONE)
    assert only(raw, time, origin).status is Status.UNCHANGED


@pytest.mark.parametrize("step", ["visit.keep", "visit.suffix_for", "shelf.sync_folder", "keep._describe", "cards.tomli_w.dumps"])
def test_killed_at_any_step_the_next_run_ends_as_if_nothing_had_been(
    site: Site, time: Time, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE)))
    undisturbed = tmp_path / "undisturbed"
    only(undisturbed, time, origin)

    def killed(*given: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(f"pipeline.fetch.{step}", killed)
        only(raw, time, origin)
    only(raw, time, origin)
    assert held(raw) == held(undisturbed) == {"plan/a.pdf": ONE}
    assert card(raw, "plan/a.pdf") == card(undisturbed, "plan/a.pdf")


def test_what_a_dead_run_left_half_written_is_removed(time: Time, raw: Path) -> None:
    (raw / "plan").mkdir()
    (raw / "plan/.fetch.yojitsu-0123").write_bytes(ONE[:100])
    (raw / ".hidden.pdf").write_bytes(TWO)
    fetched(raw, time)
    assert leftovers(raw) == []
    assert (raw / ".hidden.pdf").read_bytes() == TWO


def test_a_full_disk_is_a_failure_that_leaves_nothing_behind(site: Site, time: Time, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin, other = file_at(site.says("/a.pdf", marked(ONE), marked(TWO))), file_at(site.says("/b.pdf", marked(THREE)), id="other")
    only(raw, time, origin)
    before = card(raw, "plan/a.pdf")

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.fetch.visit.os.fsync", full)
        done = fetched(raw, time, origin, other)
    assert [(one.status, one.file, one.reason) for one in done] == [
        (Status.FAILED, "plan/a.pdf", "No space left on device"),
        (Status.FAILED, None, "No space left on device"),
    ]
    assert (held(raw), leftovers(raw), card(raw, "plan/a.pdf")) == ({"plan/a.pdf": ONE}, [], before)
    assert [one.status for one in fetched(raw, time, origin, other)] == [Status.CHANGED, Status.NEW]


def test_a_file_system_without_second_names_works_too(site: Site, time: Time, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*given: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("pipeline.fetch.shelf.os.link", unable)
    origin, other = file_at(site.says("/1/a.pdf", body(ONE))), file_at(site.says("/2/a.pdf", body(TWO)), id="other")
    fetched(raw, time, origin, other)
    assert (held(raw), leftovers(raw)) == ({"plan/a.pdf": ONE, "plan/a-2.pdf": TWO}, [])


def test_one_refresh_of_a_folder_at_a_time(site: Site, time: Time, raw: Path) -> None:
    def inside(one: object) -> None:
        with pytest.raises(Busy):
            refresh([], raw, settings(time))

    assert len(refresh([file_at(site.says("/a.pdf", body(ONE)))], raw, settings(time), seen=inside)) == 1


def test_one_bad_source_does_not_stop_the_others(site: Site, time: Time, raw: Path) -> None:
    page = page_at(site.says("/", status(500)), id="first")
    last = file_at(site.says("/a.pdf", body(ONE)), id="last")
    done = fetched(raw, time, page, file_at("http://127.0.0.1:9/x.pdf", id="middle"), last)
    assert [(one.source, one.status) for one in done] == [("first", Status.FAILED), ("middle", Status.REFUSED), ("last", Status.NEW)]


def test_a_dry_run_asks_for_no_document(site: Site, time: Time, raw: Path) -> None:
    page = page_at(site.says("/", body(b'<a href="a.pdf">A</a><a href="b.pdf">B</a>')))
    site.says("/a.pdf", body(ONE))
    site.says("/b.pdf", body(TWO))
    only(raw, time, file_at(site.address + "/a.pdf"))
    site.asked.clear()
    done = refresh([page], raw, settings(time), dry_run=True)
    assert [(one.address, one.file, one.status) for one in done] == [
        (site.address + "/a.pdf", "plan/a.pdf", Status.WANTED),
        (site.address + "/b.pdf", None, Status.WANTED),
    ]
    assert site.paths() == ["/"]
    assert held(raw) == {"plan/a.pdf": ONE}


def test_the_newest_edition_is_found_where_cards_are_moved_to_another_folder(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE)))
    only(raw, time, origin)
    (raw / "plan").rename(raw / "令和6")
    one = only(raw, time, origin)
    assert (one.status, one.file) == (Status.UNCHANGED, "令和6/a.pdf")
    assert Shelf(raw).newest(origin.address) is not None
