"""Locked dependencies: exact, hashed, for every platform, and from no named package index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

LOCKS = ["requirements.lock", "requirements-dev.lock"]
ENTRY = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def entries(root, name):
    """Return the lock's blocks: one for each package and platform."""
    text = (root / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def versions(root, name):
    text = (root / name).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for package, version in ENTRY.findall(text):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_exact_and_hashed(root, lock):
    loose = [
        line
        for line in entries(root, lock)
        if not re.match(r"[a-z0-9._-]+==.*--hash=sha256:", line)
    ]

    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_index_is_named(root, lock):
    text = (root / lock).read_text(encoding="utf-8")

    assert re.findall(r"--index-url|--extra-index-url|--find-links|https?://|file:", text) == []


def test_the_lock_satisfies_what_the_project_asks_for(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked, locked_dev = (versions(root, lock) for lock in LOCKS)

    def unmet(wanted, found):
        names = [Requirement(line) for line in wanted]
        return [
            str(need)
            for need in names
            if not any(need.specifier.contains(one) for one in found.get(need.name.lower(), ()))
        ]

    assert unmet(project["dependencies"], locked) == []
    assert unmet(project["optional-dependencies"]["dev"], locked_dev) == []


def test_developers_run_the_same_versions(root):
    locked, locked_dev = (versions(root, lock) for lock in LOCKS)

    assert {name: locked_dev.get(name) for name in locked} == locked
