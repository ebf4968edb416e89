"""The import contracts of pyproject.toml bite: a planted import breaks each of them."""

import shutil
import subprocess
import sys

import pytest

APPS = ["directory", "accounts", "activities", "newsletter", "staff", "initiatives"]
LINTER = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
PLANTED = {
    "An app imports only from the apps below it": (
        "directory/planted.py",
        "import activities.models\n",
    ),
    "Inside an app imports go down, too": (
        "activities/querysets.py",
        "import activities.models\n",
    ),
    "domain is plain Python": ("activities/domain/rules.py", "import django.utils.timezone\n"),
}


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """The project's Python with one wrong import for each contract."""
    folder = tmp_path_factory.mktemp("planted")
    only_python = shutil.ignore_patterns("__pycache__", "static", "locale*", "data", "samples")
    for name in [*APPS, "site"]:
        shutil.copytree(root / name, folder / name, ignore=only_python)
    shutil.copy(root / "pyproject.toml", folder)
    for path, line in PLANTED.values():
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(line)
    return folder


@pytest.mark.slow
def test_a_planted_import_breaks_each_contract(copy):
    done = subprocess.run(
        [sys.executable, "-c", LINTER, "--no-cache"],
        cwd=copy,
        env={"PYTHONPATH": f"{copy}:{copy / 'site'}", "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )

    broken = [name for name in PLANTED if f"{name} BROKEN" in done.stdout]
    assert (done.returncode, broken) == (1, list(PLANTED)), done.stdout + done.stderr
