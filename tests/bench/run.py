"""Our build beside Hugo's of the same scorecards: pairs in turn, medians, ratios, pages, bytes, memory.

`python tests/bench/run.py --hugo HUGO [--companies 25] [--rounds 40] [--runs 3] [--folder DIR]`; HUGO is the program
itself, not a script that starts it. Times are those of the processor as well as of the clock: on a machine that others
use, only the former and the ratios of pairs say something.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
AS_OF = "2026-11-20"
MEBI = 1024 * 1024


def main() -> None:
    asked = _asked()
    folder = Path(asked.folder or tempfile.mkdtemp())
    bureau, companies, rounds = folder / "bureau", str(asked.companies), str(asked.rounds)
    _python(HERE / "bureau.py", bureau, companies, rounds)
    _build(bureau)
    projects = {way: folder / way for way in ("markdown", "adapter")}
    for way, project in projects.items():
        _python(HERE / "hugo.py", bureau, project, way)
    hugo = min((_hugo(asked.hugo, one)[0], way) for way, one in projects.items())[1]
    print(f"{companies} companies x {rounds} rounds; Hugo's faster input: {hugo}")
    cases = {"cold": _cold, "unchanged": _unchanged, "one statement": _statement, "a new round": _new_round}
    for name, case in cases.items():
        pairs = [(case(bureau, number), _hugo(asked.hugo, projects[hugo])) for number in range(asked.runs)]
        _print(name, pairs)
    _print_sizes(bureau / "site", projects[hugo] / "public")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hugo", required=True)
    for name, default in (("companies", 25), ("rounds", 40), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--folder")
    return parser.parse_args()


def _python(script: Path, *given: object) -> None:
    subprocess.run([sys.executable, script, *map(str, given)], check=True)


def _timed(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Seconds of the processor, of the clock, and the most memory of the process in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command}: {status}")
    process.returncode = 0
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024


def _build(bureau: Path) -> tuple[float, float, float]:
    return _timed([sys.executable, "-m", "publisher", "build", "--as-of", AS_OF], bureau)


def _hugo(hugo: str, project: Path) -> tuple[float, float, float]:
    for name in ("public", "resources"):
        shutil.rmtree(project / name, ignore_errors=True)
    return _timed([hugo, "--quiet"], project)


def _cold(bureau: Path, _: int) -> tuple[float, float, float]:
    for name in ("site", ".publisher-cache"):
        shutil.rmtree(bureau / name, ignore_errors=True)
    return _build(bureau)


def _unchanged(bureau: Path, _: int) -> tuple[float, float, float]:
    _build(bureau)
    return _build(bureau)


def _statement(bureau: Path, number: int) -> tuple[float, float, float]:
    path = min((bureau / "content/statements").glob("*/*.md"))
    path.write_text(path.read_text("utf-8") + f"\n补充说明第{number + 1}条。\n", "utf-8")
    return _build(bureau)


def _new_round(bureau: Path, _: int) -> tuple[float, float, float]:
    """The last round is taken out and comes again."""
    last = max((bureau / "results").iterdir()).name
    parts = [f"results/{last}", f"content/statements/{last}", f"content/items/{last}.csv"]
    parts += [path.relative_to(bureau).as_posix() for path in (bureau / "content/meetings").glob(f"{last}-*.md")]
    away = bureau.parent / "away"
    for part in parts:
        (away / part).parent.mkdir(parents=True, exist_ok=True)
        (bureau / part).rename(away / part)
    _build(bureau)
    for part in parts:
        (away / part).rename(bureau / part)
    return _build(bureau)


def _print(name: str, pairs: list[tuple[tuple[float, float, float], tuple[float, float, float]]]) -> None:
    ours, theirs = zip(*pairs, strict=True)
    figures = {"CPU s": 0, "wall s": 1}
    told = [f"{name:14}"]
    for label, place in figures.items():
        ratio = statistics.median(one[place] / other[place] for one, other in pairs)
        middle = [statistics.median(one[place] for one in side) for side in (ours, theirs)]
        told.append(f"{label} {middle[0]:8.2f} : {middle[1]:6.2f} = {ratio:6.2f}")
    peaks = [max(one[2] for one in side) for side in (ours, theirs)]
    print("  ".join(told), f" peak MiB {peaks[0]:.0f} : {peaks[1]:.0f}", flush=True)


def _print_sizes(ours: Path, theirs: Path) -> None:
    cards = [path for path in ours.glob("rounds/*/*.html") if path.name != "index.html"]
    pages = list(theirs.rglob("*.html"))
    whole = [path for path in ours.rglob("*") if path.is_file()]
    for name, files in (("our scorecards", cards), ("Hugo's", pages), ("our whole site", whole)):
        print(f"{name}: {len(files)} files, {sum(path.stat().st_size for path in files) / MEBI:.1f} MiB")
    start, copy = time.process_time(), ours.with_name("copy")
    shutil.copytree(ours, copy)
    print(f"the floor, a copy of the whole site: {time.process_time() - start:.2f} CPU s")
    shutil.rmtree(copy)


if __name__ == "__main__":
    main()
