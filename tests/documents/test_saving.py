"""Files are replaced as a whole or stay as they were."""

import fcntl
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newslint.documents.saving import SaveError, remove_leftovers, save
from processes import unmeasured_environment

OLD = b"\xef\xbb\xbfold\r\n"
NEW = b"\xef\xbb\xbfnew\r\n"
NOBODY = 65534
GROUP = 777
LOOP = """
import sys
from pathlib import Path
from newslint.documents.saving import save
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


def test_only_regular_files_are_saved(tmp_path: Path) -> None:
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


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A file of somebody without rights, who the test is."""
    with TemporaryDirectory(prefix="newslint-") as name:
        path = Path(name).resolve() / "a.md"
        path.write_bytes(OLD)
        if os.geteuid() != 0:
            yield path
            return
        groups = os.getgroups()
        os.chown(path.parent, NOBODY, NOBODY)
        os.chown(path, NOBODY, NOBODY)
        os.setgroups([GROUP])
        os.setresuid(NOBODY, NOBODY, 0)
        try:
            yield path
        finally:
            os.setresuid(0, 0, 0)
            os.setgroups(groups)


def test_a_read_only_folder_is_reported(nobodys: Path) -> None:
    nobodys.parent.chmod(0o500)
    try:
        with pytest.raises(SaveError, match="no permission"):
            save(nobodys, OLD, NEW, nobodys.parent)
    finally:
        nobodys.parent.chmod(0o700)
    assert nobodys.read_bytes() == OLD


def test_a_file_that_can_only_be_read_is_left_alone_though_its_folder_could_be_written(
    nobodys: Path,
) -> None:
    nobodys.chmod(0o400)
    with pytest.raises(SaveError, match="no permission"):
        save(nobodys, OLD, NEW, nobodys.parent)
    assert nobodys.read_bytes() == OLD
    assert list(nobodys.parent.iterdir()) == [nobodys]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_group_stays_if_the_owner_cannot(nobodys: Path) -> None:
    os.setresuid(0, 0, 0)
    os.chown(nobodys, 12345, GROUP)
    nobodys.chmod(0o664)
    os.setresuid(NOBODY, NOBODY, 0)
    save(nobodys, OLD, NEW, nobodys.parent)
    assert (nobodys.stat().st_uid, nobodys.stat().st_gid) == (NOBODY, GROUP)
    assert stat.S_IMODE(nobodys.stat().st_mode) == 0o664


def test_other_names_of_a_file_keep_the_old_content(file: Path) -> None:
    other = file.parent / "b.md"
    other.hardlink_to(file)
    save(file, OLD, NEW, file.parent)
    assert (file.read_bytes(), other.read_bytes()) == (NEW, OLD)
    save(other, OLD, NEW, file.parent)
    assert other.read_bytes() == NEW


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 256 kB."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_full_disk_is_reported_and_the_file_stays_unchanged(small_disk: Path) -> None:
    path = small_disk / "a.md"
    path.write_bytes(OLD * 20_000)
    with pytest.raises(SaveError, match="the disk is full"):
        save(path, OLD * 20_000, NEW * 20_000, small_disk)
    assert path.read_bytes() == OLD * 20_000
    assert list(small_disk.iterdir()) == [path]


def test_a_change_made_while_the_new_file_is_written_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: file.write_bytes(b"by hand"))
    with pytest.raises(SaveError, match="changed since it was read"):
        save(file, OLD, NEW, file.parent)
    assert file.read_bytes() == b"by hand"
    assert left_behind(file.parent) == []


def test_an_interrupt_leaves_the_file_as_it_was_and_nothing_beside_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(file, OLD, NEW, file.parent)
    assert file.read_bytes() == OLD
    assert left_behind(file.parent) == []


def test_leftovers_are_removed_unless_they_are_new_locked_or_foreign(
    file: Path,
) -> None:
    folder = file.parent
    kept = (".newslint-0123abcd.tmp.md", ".newslint-x.tmp", "newslint-0123abcd.tmp")
    names = (".newslint-0123abcd.tmp", ".newslint-00000000.tmp", *kept)
    for name in names:
        (folder / name).touch()
        os.utime(folder / name, (0, 0))
    (folder / ".newslint-11111111.tmp").touch()
    (folder / ".newslint-22222222.tmp").symlink_to(folder / ".newslint-x.tmp")
    (folder / ".newslint-33333333.tmp").mkdir()
    os.utime(folder / ".newslint-33333333.tmp", (0, 0))
    with (folder / ".newslint-00000000.tmp").open("rb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        remove_leftovers(folder)
    assert {path.name for path in folder.iterdir()} == {
        *kept,
        "a.md",
        ".newslint-00000000.tmp",
        ".newslint-11111111.tmp",
        ".newslint-22222222.tmp",
        ".newslint-33333333.tmp",
    }


def test_a_file_that_is_being_written_is_locked(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def sweep(descriptor: int) -> None:
        for left in left_behind(file.parent):
            os.utime(left, (0, 0))
        remove_leftovers(file.parent)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sweep)
    save(file, OLD, NEW, file.parent)
    assert file.read_bytes() == NEW


def test_leftovers_of_a_folder_that_is_not_there_are_none(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "gone")


def test_whenever_the_process_is_killed_the_file_is_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    whole = {b"a" * 300_000, b"b" * 300_000}
    for number in range(20):
        path.write_bytes(b"a" * 300_000)
        command = [sys.executable, "-c", LOOP, str(path)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env=unmeasured_environment()
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(number * 0.003)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert path.read_bytes() in whole
