"""A folder as it comes from Windows: Chinese names with blanks, files of Explorer and OneDrive, CRLF, a GBK console."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LEFT_BY_WINDOWS = ("content/desktop.ini", "content/Thumbs.db", "results/2026-q2/Thumbs.db", "results/desktop.ini")


def publisher(folder: Path, *options: str) -> tuple[int, str]:
    """What a console of code page 936 shows."""
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, "-m", "publisher", *options]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("gbk")


def test_such_a_folder_is_checked_and_each_fault_told_once(tmp_path: Path) -> None:
    folder = tmp_path / "公用 事业（评价）"
    shutil.copytree(HERE / "bureau", folder)
    for name in LEFT_BY_WINDOWS:
        (folder / name).touch()
    for path in [*folder.rglob("*.csv"), *folder.rglob("*.md"), *folder.rglob("*.yaml")]:
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
        if "\udc80" <= max(text) <= "\udcff":
            continue  # of another encoding already
        path.write_bytes(text.replace("\r\n", "\n").replace("\n", "\r\n").encode())
    code, output = publisher(folder, "check", "--as-of", "2026-11-20")
    assert (code, output.count("["), "Traceback" in output) == (0, 0, False), output
    (folder / "content" / "~$items.csv").touch()
    (folder / "content" / "CON.csv").write_text("a\n", "utf-8")
    code, output = publisher(folder, "check", "--as-of", "2026-11-20")
    assert code == 0, output
    assert [output.count(one) for one in ("[lock-file]", "[unexpected-file]", "[")] == [1, 1, 2]


def test_paths_with_backslashes_are_taken_or_told(tmp_path: Path) -> None:
    folder = tmp_path / "bureau"
    shutil.copytree(HERE / "bureau", folder)
    code, output = publisher(folder, "import", "C:\\来文\\回函.docx", "--statement", "2026-q2", "甲水务")
    assert (code, "[import-not-there]" in output, "Traceback" in output) == (1, True, False), output
    for typed in ("2026-q2\\", "results\\2026-Q2\\scores.csv"):
        (folder / "2026-q2.xlsx").unlink(missing_ok=True)
        code, output = publisher(folder, "template", typed)
        assert (code, "已写入 2026-q2.xlsx" in output) == (0, True), output
