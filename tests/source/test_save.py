"""Files are replaced as a whole or stay as they were."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newslint.source.save import SaveError, save
from processes import environment

OLD = b"\xef\xbb\xbfold\r\n"
NEW = b"\xef\xbb\xbfnew\r\n"
LOOP = """
import sys
from pathlib import Path
from newslint.source.save import save
path = Path(sys.argv[1])
old, new = b"a" * 300_000, b"b" * 300_000
print("ready", flush=True)
while True:
    save(path, old, new, path.parent)
    old, new = new, old
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(OLD)
    return path


def left_behind(folder: Path) -> list[Path]:
    return list(folder.glob(".newslint-*"))


def test_a_file_holds_the_new_content_and_nothing_is_left_beside_it(file: Path) -> None:
    save(file, OLD, NEW, file.parent)
    assert file.read_bytes() == NEW
    assert list(file.parent.iterdir()) == [file]


def test_the_mode_stays(file: Path) -> None:
    file.chmod(0o640)
    save(file, OLD, NEW, file.parent)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(file: Path) -> None:
    os.chown(file, 12345, 12345)
    save(file, OLD, NEW, file.parent)
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12345)


def test_a_file_that_has_changed_since_is_left_alone(file: Path) -> None:
    file.write_bytes(b"by hand")
    with pytest.raises(SaveError, match="changed since it was read"):
        save(file, OLD, NEW, file.parent)
    assert file.read_bytes() == b"by hand"


def test_a_file_that_was_removed_since_stays_so(file: Path) -> None:
    file.unlink()
    with pytest.raises(SaveError, match="removed since it was read"):
        save(file, OLD, NEW, file.parent)
    assert list(file.parent.iterdir()) == []


def test_a_link_inside_the_project_stays_one(file: Path) -> None:
    link = file.parent / "b.md"
    link.symlink_to(file.name)
    save(link, OLD, NEW, file.parent)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    save(file, OLD, NEW, file.parent)  # the same file, fixed under its other name already


@pytest.mark.parametrize("is_folder", [False, True])
def test_no_link_is_followed_out_of_the_project(tmp_path: Path, *, is_folder: bool) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(OLD)
    root = tmp_path / "root"
    root.mkdir()
    link = root / ("news" if is_folder else "a.md")
    link.symlink_to(outside if is_folder else outside / "a.md")
    with pytest.raises(SaveError, match="out of the project"):
        save(root / "news" / "a.md" if is_folder else link, OLD, NEW, root)
    assert (outside / "a.md").read_bytes() == OLD


def test_what_is_no_regular_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(SaveError, match="no regular file"):
        save(tmp_path / "a.md", OLD, NEW, tmp_path)


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(file: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(SaveError, match="too large"):
            save(file, OLD, NEW * 4096, file.parent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_bytes() == OLD
    assert left_behind(file.parent) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_only_be_read_is_told(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        with pytest.raises(SaveError, match="no permission"):
            save(file, OLD, NEW, file.parent)
    finally:
        file.parent.chmod(0o700)
    assert file.read_bytes() == OLD


def test_whenever_the_process_is_killed_the_file_is_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    whole = {b"a" * 300_000, b"b" * 300_000}
    for number in range(20):
        path.write_bytes(b"a" * 300_000)
        command = [sys.executable, "-c", LOOP, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(number * 0.003)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert path.read_bytes() in whole
