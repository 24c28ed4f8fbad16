"""`publisher status` says what is lacking, by the same reckoning as `check` and the pages."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.commands.status import status_command
from publisher.load.folder import load
from publisher.moments import end_of
from publisher.outstanding import lacks
from publisher.words import words_of

HERE = Path(__file__).parent
DAY = date(2026, 11, 20)


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "bureau", tmp_path / "bureau")
    return tmp_path / "bureau"


def found(root: Path, day: date = DAY) -> dict[str, list[tuple[str, ...]]]:
    """By kind: id and companies of each."""
    read = load(root).bureau
    told: dict[str, list[tuple[str, ...]]] = {}
    for one in lacks(read, end_of(day, read.site.zone)):
        record = getattr(one.subject, "item", one.subject)
        told.setdefault(one.kind, []).append((record.id if record else "", *one.companies))
    return told


def status(root: Path, monkeypatch: pytest.MonkeyPatch, *options: str, language: str = "zh-Hans") -> str:
    monkeypatch.chdir(root)
    result = CliRunner().invoke(status_command(words_of(language)), ["--as-of", "2026-11-20", *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_questions_and_promises_stand_as_on_the_page_of_the_ledger(bureau: Path) -> None:
    from publisher.ledger import Standing, lives  # noqa: PLC0415

    told = found(bureau)
    for kind in ("unanswered", "broken", "overdue", "due-soon", "disputed", "reopened"):
        standing = [life.item.id for life in lives(load(bureau).bureau, DAY) if life.standing is Standing(kind)]
        assert sorted(id_ for id_, *_ in told.get(kind, [])) == sorted(standing)
    assert told["unanswered"], "something to compare"


def test_a_new_folder_is_told_what_to_begin_with(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it where the folder cannot be read: then there may be companies and rounds."""
    shutil.rmtree(bureau / "results")
    for name in ("companies.csv", "items.csv", "events.csv"):
        (bureau / "content" / name).unlink()
    for name in ("meetings", "notices", "statements", "responses", "attachments", "corrections", "withdrawals"):
        shutil.rmtree(bureau / "content" / name, ignore_errors=True)
    (bureau / "content" / "companies.csv").write_text("id,name,sector\n", "utf-8")
    words = words_of("zh-Hans")
    told = status(bureau, monkeypatch)
    assert words("status.no-companies") in told
    assert words("status.no-rounds") in told
    assert [line for line in told.splitlines() if not line.strip()] == []
    (bureau / "content" / "companies.csv").write_text("id,name,sector\nA B,甲,供水\n", "utf-8")
    assert words("status.no-companies") not in status(bureau, monkeypatch)


def test_a_round_without_scores_and_a_company_that_was_forgotten_are_told(bureau: Path) -> None:
    scores = bureau / "results" / "2026-q2" / "scores.csv"
    lines = scores.read_text("utf-8").splitlines(keepends=True)
    scores.write_text("".join(one for one in lines if not one.startswith("gas-b")), "utf-8")
    assert found(bureau)["no-score"] == [("2026-q2", "gas-b")]
    scores.unlink()
    assert found(bureau)["no-scores"] == [("2026-q2",)]


def test_replies_are_awaited_till_the_day_and_missed_after_it(bureau: Path) -> None:
    (bureau / "content" / "statements" / "2026-q2" / "water-a.md").unlink(missing_ok=True)
    assert "water-a" in found(bureau, date(2026, 8, 5))["reply-open"][0]
    assert "water-a" in found(bureau, date(2026, 8, 6))["reply-none"][0]
    assert "reply-open" not in found(bureau, date(2026, 8, 6))


def test_missing_signatures_are_named_by_stage(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = bureau / "content" / "site.yaml"
    site.write_text(site.read_text("utf-8") + "signoff: {stages: [draft, review1, issue]}\n", "utf-8")
    assert ("2026-q2",) in found(bureau)["signs"]
    assert "初审" in status(bureau, monkeypatch)


def test_the_next_release_is_told_and_a_day_that_is_over_too(bureau: Path) -> None:
    assert "next-release" in found(bureau, date(2026, 10, 22))
    assert "next-release-over" in found(bureau, date(2026, 10, 23))


def test_a_folder_with_faults_is_told_as_far_as_it_can_be_read(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = bureau / "content" / "items.csv"
    items.write_text(items.read_text("utf-8").replace("water-2026-06", "nothing"), "utf-8")
    (bureau / "content" / "schemes" / "service.yaml").unlink()
    told = status(bureau, monkeypatch)
    assert "publisher check" in told.splitlines()[1]
    assert "quality-2026" in told


def test_programs_get_ids_and_days(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.loads(status(bureau, monkeypatch, "--json"))
    assert told["faults"] == 0
    assert {one["kind"] for one in told["lacks"]} == set(found(bureau))
    waiting = next(one for one in told["lacks"] if one["kind"] == "unanswered")
    assert waiting["days"] > 0
    assert date.fromisoformat(waiting["day"]) <= DAY or waiting["id"]


def test_it_speaks_english_too(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert status(bureau, monkeypatch, language="en").startswith("Still lacking on ")
