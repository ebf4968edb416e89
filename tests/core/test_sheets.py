"""Spreadsheets in and out: what is read, what is refused, and that nothing we write ever runs."""

import csv
import datetime as dt
import io
import random
import zipfile

import openpyxl
import pytest

from core.sheets import (
    Formula,
    Sheet,
    SheetError,
    TableRow,
    csv_bytes,
    csv_text,
    read_table,
    xlsx_bytes,
)

HEADINGS = ("Navn", "Telefon", "Dag", "Fra")
ROW = ("Perlen på Ærø", "+45 12 34 56 78", dt.date(2026, 3, 3), dt.time(17, 30))
RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "|cmd",
    "\t=1",
    "\r=1",
    "\0=1",
    '"=1+1',
    "'=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "“=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "\n=1",
]


def workbook(**sheets):
    """Return an XLSX file with the rows of each sheet; a name with "hidden" is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        page.sheet_state = "hidden" if "hidden" in name else "visible"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def with_member(data, name, content):
    """Return a zip file with one member put in place of the one of that name, or added."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, content)
    return output.getvalue()


def refusal(data):
    with pytest.raises(SheetError) as caught:
        read_table(data)
    return caught.value.code


def test_a_workbook_comes_back_as_it_was_written():
    table = read_table(xlsx_bytes([Sheet("Steder", HEADINGS, [ROW])]))

    day = dt.datetime(2026, 3, 3)
    assert table.headings == HEADINGS
    assert table.rows == (TableRow(2, ("Perlen på Ærø", "+45 12 34 56 78", day, ROW[3])),)


def test_a_length_of_time_up_to_a_day_is_a_time_of_day():
    hours = [dt.timedelta(hours=9, minutes=30), dt.timedelta(hours=24), dt.timedelta(hours=25)]

    table = read_table(workbook(Ark=[["Fra"], hours]))

    assert table.rows == (TableRow(2, (dt.time(9, 30), dt.time(0), "1 day, 1:00:00")),)


def test_line_that_tells_excel_the_delimiter_is_no_row():
    table = read_table("\ufeffsep=;\r\nNavn;Tider\r\nÆrø;10,30\r\n".encode())

    assert table.headings == ("Navn", "Tider")
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("Ærø", "10,30"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_however_it_was_saved(encoding, delimiter):
    lines = [["Navn", "Sætning"], ["Perlen på Ærø", f'Kaffe{delimiter} "gratis"\nog te']]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)

    table = read_table(text.getvalue().encode(encoding))

    assert table.headings == ("Navn", "Sætning")
    assert table.rows == (
        TableRow(2, ("Perlen på Ærø", f'Kaffe{delimiter} "gratis"\nog te'.replace("\t", " "))),
    )


def test_empty_rows_are_left_out_and_rows_keep_the_numbers_the_spreadsheet_shows():
    table = read_table(workbook(Ark=[["Navn"], ["A"], [None], ["  "], ["B"]]))

    assert [(row.number, row.cells) for row in table.rows] == [(2, ("A",)), (5, ("B",))]


def test_a_formula_is_handed_on_as_one_and_never_worked_out():
    in_xlsx = read_table(workbook(Ark=[["Navn"], ["=1+1"]]))
    in_csv = read_table(b"Navn;By\n=1+1;A\n")

    assert in_xlsx.rows[0].cells == (Formula("=1+1"),)
    assert in_csv.rows[0].cells == (Formula("=1+1"), "A")


def test_hidden_sheets_are_left_out_with_a_note():
    table = read_table(workbook(hidden=[["Hemmelig"]], Steder=[["Navn"], ["A"]], Mere=[["B"]]))

    assert table.headings == ("Navn",)
    assert len(table.notes) == 2


@pytest.mark.parametrize("text", RISKY)
def test_text_that_a_spreadsheet_would_run_is_defused(text):
    assert csv_text(text).startswith("'")

    data = xlsx_bytes([Sheet("Ark", ["A"], [[text]])])
    cell = openpyxl.load_workbook(io.BytesIO(data))["Ark"]["A2"]
    assert (cell.data_type in {"s", "inlineStr", "n"}, cell.quotePrefix) == (True, True)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["Perlen", "12 34 56 78", "kl. 9-16", "a=b", "", "50 % af prisen"])
def test_other_text_stays_as_it_is(text):
    assert csv_text(text) == text


def test_our_own_csv_comes_back_without_the_apostrophes_we_put_there():
    table = read_table(csv_bytes(["Telefon", "Navn"], [["+45 12 34 56 78", "'n aften"]]))

    assert table.rows == (TableRow(2, ("+45 12 34 56 78", "'n aften")),)


def test_csv_has_danish_days_decimals_and_yes():
    moment = dt.datetime(2026, 3, 3, 16, 30, tzinfo=dt.UTC)

    data = csv_bytes(["A"], [[dt.date(2026, 3, 3), dt.time(9), 2.5, True, None, moment]])

    line = data.decode("utf-8-sig").splitlines()[1]
    assert line == '"3.3.2026";"09.00";"2,5";"Ja";"";"3.3.2026 17.30"'


def test_files_that_are_too_large_are_refused():
    wide = [["Navn", *["x"] * 200], ["A"]]
    long = "Navn\n" + "x\n" * 20_002
    bomb = with_member(workbook(Ark=[["Navn"]]), "xl/bomb.xml", b"0" * 51 * 1024 * 1024)
    crowd = workbook(Ark=[["Navn"]])
    for number in range(100):
        crowd = with_member(crowd, f"xl/m{number}.bin", b"x") if number % 50 == 0 else crowd
    output = io.BytesIO(crowd)
    with zipfile.ZipFile(output, "a") as packed:
        for number in range(101):
            packed.writestr(f"xl/n{number}.bin", b"x")

    codes = [
        refusal(data)
        for data in (
            b"x" * (5 * 1024 * 1024 + 1),
            workbook(Ark=wide),
            long.encode(),
            bomb,
            output.getvalue(),
        )
    ]

    assert codes == ["too_large", "too_many_columns", "too_many_rows", "too_large", "too_large"]


def test_a_cell_in_the_millionth_row_is_seen():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1000000"] = "Navn", "x"
    output = io.BytesIO()
    book.save(output)

    assert refusal(output.getvalue()) == "too_many_rows"


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin"]
)
def test_what_could_run_or_reach_outside_is_refused(name):
    assert refusal(with_member(workbook(Ark=[["Navn"]]), name, b"<x/>")) == "active"


def test_entities_and_outside_files_are_refused():
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    )
    book = workbook(Ark=[["Navn"]])

    both = [evil, evil.decode().encode("utf-16")]

    assert [refusal(with_member(book, "xl/worksheets/sheet1.xml", xml)) for xml in both] == [
        "unreadable",
        "unreadable",
    ]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"PK\x03\x04broken", b"\x89PNG"]
)
def test_other_kinds_of_files_are_refused(data):
    assert refusal(data) == "unreadable"


@pytest.mark.parametrize("data", [b"", b" \n ", workbook(Ark=[])])
def test_an_empty_file_is_refused(data):
    assert refusal(data) == "empty"


def test_six_hundred_broken_files_never_crash():
    """Bytes changed, cut and doubled, the same every time: a table or a SheetError, no more."""
    seeds = [
        xlsx_bytes([Sheet("Steder", HEADINGS, [ROW] * 5)]),
        csv_bytes(HEADINGS, [ROW] * 5),
        "Navn;By\nÆrø;Å\n".encode("utf-16"),
    ]
    parts = zipfile.ZipFile(io.BytesIO(seeds[0])).namelist()
    chance = random.Random(20260303)
    outcomes = set()

    for number in range(600):
        data = seeds[number % 3]
        if number % 6 == 0:
            name = chance.choice(parts)
            inner = zipfile.ZipFile(io.BytesIO(data)).read(name)
            data = with_member(data, name, mutated(inner, chance))
        else:
            data = mutated(data, chance)
        try:
            read_table(data)
            outcomes.add("table")
        except SheetError as error:
            outcomes.add(error.code)

    assert outcomes >= {"table", "unreadable"}


def mutated(data, chance):
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed) or 1)
        match chance.randint(0, 3):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + chance.randint(1, 40)]
            case 2:
                changed[place:place] = changed[place : place + chance.randint(1, 40)]
            case 3:
                changed[place:place] = chance.choice(
                    [b'"', b"\0", b"\xff\xfe", b"<c>", b"&x;", b"1e9"]
                )
    return bytes(changed)
