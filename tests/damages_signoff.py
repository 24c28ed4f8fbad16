"""What can be wrong with a sign-off: a bureau that asks for it, signed for what is there, and then changed."""

from collections.abc import Callable
from pathlib import Path

from signed import ask_for_sign_off

THREE = "signoff: {stages: [draft, review1, issue]}\n"
DISTINCT = "signoff: {stages: [draft, issue], distinct: yes}\n"
NOTICES = "signoff: {stages: [draft, issue], notices: yes}\n"
Q2 = "results/2026-q2/round.yaml"
Q2_NOTICE = "content/notices/2026-q2-results.md"
WARNING = "content/notices/gas-b-warning.md"
LATER = "release_at: 2026-07-20 10:00", "release_at: 2026-12-20 10:00"
"""Then the round is still to come out."""


def edited(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def _after_signing(name: str, old: str, new: str, policy: str = "") -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        ask_for_sign_off(root, *([policy] if policy else []))
        edited(root, name, old, new)

    return damage


def _not_signed_yet(root: Path) -> None:
    ask_for_sign_off(root, THREE)


def _score_before_release(root: Path) -> None:
    edited(root, Q2, *LATER)
    edited(root, Q2_NOTICE, "published_at: 2026-07-20 10:00", "published_at: 2026-12-20 10:00")
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)


def _without_content(root: Path) -> None:
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "signoff: {stages: [draft, issue]}\n", "utf-8", newline="\n")


def _mistyped(root: Path) -> None:
    ask_for_sign_off(root)
    path = root / Q2
    head, _, tail = path.read_text("utf-8").rpartition("content: ")
    path.write_text(f"{head}content: {'0' if tail[0] != '0' else '1'}{tail[1:]}", "utf-8", newline="\n")


def _notice_signed(root: Path) -> None:
    """Another notice, signed and then changed; one more that nobody signed."""
    signs = "signoff:\n  draft: {name: 某某, post: 拟稿, at: 2026-08-01 09:00}\n"
    signs += "  issue: {name: 某某, post: 签发, at: 2026-08-01 10:00}\n"
    edited(root, WARNING, "kind: violation\n", f"kind: violation\n{signs}")
    ask_for_sign_off(root, NOTICES)
    edited(root, WARNING, "经查，该企业", "经查明，该企业")
    plain = "---\nkind: announcement\ntitle: 关于开展下期评价的公告\nissuer: 测试市公用事业评价办公室\n"
    dates = "issued_on: 2026-11-01\npublished_at: 2026-11-01 09:00\n---\n下期评价将于十二月开始。\n"
    (root / "content" / "notices" / "next-round.md").write_text(plain + dates, "utf-8", newline="\n")


SCORE = "gas-a,inspection,,,,,,,,,,,42.5", "gas-a,inspection,,,,,,,,,,,45.5"
REVIEW2 = "  review2: {name: 某某, post: 复审, at: 2026-07-16 09:00}\n"
DRAFT = "draft: {name: 某某, post: 拟稿, at: 2026-07-15 09:00"
SIGN_OFF_DAMAGES: dict[str, Callable[[Path], None]] = {
    "not-signed-yet": _not_signed_yet,
    "signoff-score-changed": _after_signing("results/2026-q2/scores.csv", *SCORE),
    "signoff-score-changed-before-release": _score_before_release,
    "signoff-release-moved": _after_signing(Q2, "release_at: 2026-07-20 10:00", "release_at: 2026-07-19 10:00"),
    "signoff-notice-changed": _after_signing(Q2_NOTICE, "请各企业对照问题整改", "请各企业对照问题抓紧整改"),
    "signoff-grade-point-changed": _after_signing("content/schemes/service.yaml", "points: 60}", "points: 55}"),
    "signoff-company-renamed": _after_signing("content/companies.csv", ",乙燃气,供气,Gas", ",乙气,供气,Gas"),
    "signoff-same-person": _after_signing(Q2, "name: 某某, post: 签发", 'name: "某 某", post: 签发', DISTINCT),
    "signoff-out-of-order": _after_signing(Q2, DRAFT, DRAFT.replace("07-15", "07-19")),
    "signoff-content-mistyped": _mistyped,
    "signoff-without-content": _without_content,
    "signoff-not-asked": _after_signing(Q2, "  draft: {", f"{REVIEW2}  draft: {{"),
    "signoff-of-notice": _notice_signed,
}
