"""What somebody may do to a copy of a site: each hand does one thing, `cover` hides it in SHA256SUMS."""

import hashlib
import json
import shutil
from pathlib import Path


def copy(site: Path, to: Path) -> Path:
    shutil.copytree(site, to)
    return to


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    """`old` must be there: an attack that does nothing proves nothing."""
    text = path.read_bytes().decode()
    assert old in text, (path, old)
    path.write_bytes(text.replace(old, new, count).encode())


def flip(path: Path) -> None:
    """One bit of the byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cover(site: Path) -> None:
    """SHA256SUMS made anew from what lies there."""
    files = [p for p in site.rglob("*") if p.is_file() and not p.name.startswith("SHA256SUMS")]
    lines = sorted((p.relative_to(site).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest()) for p in files)
    (site / "SHA256SUMS").write_text("".join(f"{found}  {path}\n" for path, found in lines), "utf-8", newline="\n")


def lines_of(site: Path) -> list[dict]:
    return [json.loads(line) for line in (site / "register.jsonl").read_text("utf-8").splitlines()]


def write_lines(site: Path, lines: list[dict]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (site / "register.jsonl").write_text(text, "utf-8", newline="\n")


def chain(lines: list[dict]) -> list[dict]:
    """The same acts, every link right again."""
    previous, made = "0" * 64, []
    for number, line in enumerate(lines, 1):
        made.append({**line, "n": number, "previous": previous})
        previous = hashlib.sha256((json.dumps(made[-1], ensure_ascii=False) + "\n").encode()).hexdigest()
    return made


def reseal(site: Path, row: int, **fields: object) -> None:
    """One line of the register changed, and the whole of it chained anew."""
    lines = lines_of(site)
    lines[row - 1].update(fields)
    write_lines(site, chain(lines))


def rehash(site: Path, row: int) -> None:
    """The edition of a line was changed: its hash in the line, and the chain made anew."""
    line = lines_of(site)[row - 1]
    data = (site / "editions" / f"{line['round']}.{line['edition']}.json").read_bytes()
    name = "public" if "public" in line else "facts"
    reseal(site, row, **{name: hashlib.sha256(data).hexdigest()})
