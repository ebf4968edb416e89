import os
import sys

import pytest

from config import bootstrap
from config.bootstrap import Trouble


def test_an_old_python_is_named_with_the_way_out():
    with pytest.raises(Trouble, match=r"Python 3\.11 or newer is needed, this is 3\.9\. Name"):
        bootstrap.check_python((3, 9))


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Trouble) as trouble:
        bootstrap.check_folder(tmp_path / "file" / "var")

    assert str(trouble.value) == f"Cannot write in {tmp_path}/file/var: Not a directory."


def test_a_folder_is_made_and_left_empty(tmp_path):
    bootstrap.check_folder(tmp_path / "var")

    assert os.listdir(tmp_path / "var") == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "error: command 'gcc' failed: No such file",
            "A compiler is missing: install build-essential.",
        ),
        ("Failed to establish a new connection: timed out", "There is no network."),
        ("something else", ""),
    ],
)
def test_a_failed_installation_gives_its_likely_reason(said, reason):
    assert bootstrap.hint(said) == reason


def test_a_failed_installation_ends_in_one_line_with_the_last_words(tmp_path):
    log = tmp_path / "install.log"
    words = "import sys; print('Collecting wagtail'); sys.exit('No space left on device')"

    with log.open("w") as output, pytest.raises(Trouble) as trouble:
        bootstrap.run([sys.executable, "-c", words], output, log)

    assert str(trouble.value).startswith("Installing failed. The disk is full. Last words: ")
    assert "\n" not in str(trouble.value)


def test_nothing_is_installed_when_the_stamp_fits(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    wanted = bootstrap.wanted("run")
    (tmp_path / ".fristed-run.json").write_text(bootstrap.json.dumps(wanted))
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)

    bootstrap.make_environment("run")

    assert sorted(os.listdir(tmp_path)) == [".fristed-run.json", "bin"]
