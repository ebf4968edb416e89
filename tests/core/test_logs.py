import logging

from core.logs import WithoutQuery, without_secrets


def test_a_query_string_is_cut():
    line = '"GET /soeg/?q=stof+og+angst HTTP/1.1" 200'

    assert without_secrets(line) == '"GET /soeg/?… HTTP/1.1" 200'


def test_a_plain_question_stays():
    assert without_secrets("Hvem er her? Kun os.") == "Hvem er her? Kun os."


def test_the_token_of_a_secret_calendar_is_cut():
    line = "Not Found: /intern/kalender/0f3a77c2.ics"

    assert without_secrets(line) == "Not Found: /intern/kalender/….ics"


def test_the_secret_of_an_invitation_and_of_a_new_password_is_cut():
    lines = [
        "Forbidden (CSRF token missing.): /konto/invitation/Zm9v-YmFy_1/",
        "Internal Server Error: /konto/ny-adgangskode/1b-cxy3k2-0f3a77c2/",
        "Not Found: /konto/ny-adgangskode/sendt/",
        "GET /konto/invitation/taget/ 200",
    ]

    assert list(map(without_secrets, lines)) == [
        "Forbidden (CSRF token missing.): /konto/invitation/…/",
        "Internal Server Error: /konto/ny-adgangskode/…/",
        "Not Found: /konto/ny-adgangskode/sendt/",
        "GET /konto/invitation/taget/ 200",
    ]


def test_arguments_and_tracebacks_of_a_record_are_cleaned():
    try:
        raise ValueError("/aktiviteter/?q=depression")
    except ValueError as error:
        caught = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", 40, "", 1, "Failed: %s", ("/a/?token=1",), caught)

    WithoutQuery().filter(record)

    assert record.getMessage() == "Failed: /a/?…"
    assert str(record.exc_text).endswith("ValueError: /aktiviteter/?…")
