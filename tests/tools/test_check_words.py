import subprocess
import sys
from pathlib import Path


def check(repository: Path, folder: Path) -> tuple[int, str]:
    program = repository / "tools" / "check_words.py"
    ended = subprocess.run(
        [sys.executable, program, folder, "--verbose"], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout


def test_plain_wording_is_accepted(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""Parse a file."""\n\nclass Parser:\n    """A parser."""\n')
    assert check(repository, tmp_path)[0] == 0


def test_each_match_is_listed_with_its_place(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'x = 1  # fine\n\ndef f():\n    """Do it.\n\n    Return what.\n    """\n'
    )
    status, output = check(repository, tmp_path)
    assert status == 1
    assert f"{tmp_path / 'a.py'}:6: Return what." in output


def test_two_classes_of_one_name_are_refused(repository: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.py").write_text('class Run:\n    """A run."""\n')
    status, output = check(repository, tmp_path)
    assert status == 1
    assert "class Run is defined 2 times" in output
