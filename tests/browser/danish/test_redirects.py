"""Redirects from a file, in Danish: what cannot be read, what is asked, what went wrong."""

from pathlib import Path

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.browser.danish.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
IMPORT = "/admin/redirects/import/"
ROWS = "fra,til\n/ny,https://a.example/\n/ny,https://b.example/\n,https://c.example/\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "skal udfyldes"),
        ("liste.exe", b"MZ", "exe"),
        ("liste.csv", "gade,vej\n/blå,/gul/\n".encode("latin-1"), "tegn"),
        ("liste.xlsx", b"no workbook", "liste.xlsx"),
    ],
    ids=["no file", "wrong kind", "wrong letters", "broken workbook"],
)
def test_file_that_cannot_be_read_is_told_in_danish(walk_as, tmp_path: Path, name, content, said):
    walker = walk_as("admin")
    walker.go(IMPORT)

    if name:
        choose(walker, tmp_path / name, content)
    send(walker, f"import of {name}")

    assert said in walker.page.locator("main, .messages").all_inner_texts()[0]
    assert walker.found() == []


def test_import_is_danish_from_the_file_to_its_rows(walk_as, tmp_path: Path):
    walker = walk_as("admin")
    walker.go(IMPORT)
    choose(walker, tmp_path / "liste.csv", ROWS.encode())
    send(walker, "import, what is asked")
    asked = walker.page.locator("main h2, main label").all_inner_texts()
    send(walker, "import without columns")
    for name, column in (("from_index", "fra"), ("to_index", "til")):
        walker.page.locator(f"#id_{name}").select_option(label=column)
    send(walker, "import with faults")
    faults = walker.page.locator("#summary tbody tr").count()

    walker.go(IMPORT)
    choose(walker, tmp_path / "en.csv", b"fra,til\n/enkelt,https://a.example/\n")
    send(walker, "import of one, what is asked")
    for name, column in (("from_index", "fra"), ("to_index", "til")):
        walker.page.locator(f"#id_{name}").select_option(label=column)
    send(walker, "import is done")

    assert len(asked) == 5
    assert faults == 2
    assert walker.page.url.endswith("/admin/redirects/")
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/gammel", "/ny", "/enkelt"}
    assert walker.found() == []


def choose(walker: Walker, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    walker.page.locator("#id_import_file").set_input_files(path)


def send(walker: Walker, place: str) -> None:
    with walker.page.expect_navigation():
        walker.page.locator("main form[method=POST] [type=submit]").last.click()
    walker.read(place)
