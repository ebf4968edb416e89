"""Every variable is read once and explained in .env.example."""

import re
from collections import Counter

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

READ = re.compile(
    r"""(?:env\.(?:text|flag|words|numbers?|required)|environ\.(?:get|setdefault))\(\s*["']([A-Z0-9_]+)"""
)
PYTHON_FILES = ["site/config/**/*.py", "tests/harness/*.py", "manage.py"]


def explained(root):
    text = (root / ".env.example").read_text(encoding="utf-8")
    return re.findall(r"^([A-Z0-9_]+)=", text, re.MULTILINE)


def test_what_is_read_and_what_is_explained_are_the_same(root):
    files = {path for pattern in PYTHON_FILES for path in root.glob(pattern)}
    read = {name for path in files for name in READ.findall(path.read_text(encoding="utf-8"))}

    assert sorted(explained(root)) == sorted(read)


def test_no_variable_is_explained_twice(root):
    assert [name for name, times in Counter(explained(root)).items() if times > 1] == []


def test_each_variable_has_a_comment_above(root):
    lines = (root / ".env.example").read_text(encoding="utf-8").splitlines()
    uncommented = [
        line
        for above, line in zip(["", *lines], lines, strict=False)
        if re.match(r"[A-Z0-9_]+=", line) and not re.match(r"#|[A-Z0-9_]+=", above)
    ]

    assert uncommented == []


def test_a_database_address_becomes_settings(tmp_path):
    settings = env.database(
        "postgres://bo:k%40t@db.example:5433/fristed?sslmode=require", var=tmp_path
    )

    assert {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "fristed",
        "USER": "bo",
        "PASSWORD": "k@t",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert settings["OPTIONS"]["sslmode"] == "require"


def test_a_socket_folder_can_be_the_host(tmp_path):
    settings = env.database("postgres://postgres@/postgres?host=/run/pg", var=tmp_path)

    assert (settings["HOST"], settings["NAME"]) == ("/run/pg", "postgres")


def test_without_an_address_the_database_is_a_file_in_var(tmp_path):
    settings = env.database("", var=tmp_path)

    assert settings["NAME"] == tmp_path / "fristed.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_unknown_kind_of_database_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with"):
        env.database("mysql://db.example/fristed", var=tmp_path)


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("PORT", "otte")

    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number, not 'otte'"):
        env.number("PORT", 8000)


def test_a_missing_secret_is_named(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        env.required("SECRET_KEY")
