"""Headers of every answer, and addresses that no browser makes."""

import pytest
from django.test import Client

pytestmark = pytest.mark.sqlite_is_enough

PUBLIC_POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
}


@pytest.mark.parametrize("path", ["/healthz", "/findes-ikke/", "/robots.txt"])
def test_every_public_answer_carries_the_strict_policy(home, client: Client, path: str) -> None:
    answer = client.get(path)

    headers = {
        name: answer[name]
        for name in (
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    }

    assert set(answer["Content-Security-Policy"].split("; ")) == PUBLIC_POLICY
    assert headers == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_the_admin_is_never_stored_anywhere(home, client: Client) -> None:
    answer = client.get("/admin/login/")

    assert answer["Cache-Control"] == "private, no-store"


def test_behind_https_cookies_are_secure_and_the_browser_stays_there(home, client: Client) -> None:
    answer = client.get("/admin/login/", headers={"X-Forwarded-Proto": "https"})

    secure = [bool(cookie["secure"]) for cookie in answer.cookies.values()]
    assert (secure, answer["Strict-Transport-Security"]) == (
        [True],
        "max-age=31536000; includeSubDomains",
    )


@pytest.mark.postgresql_too
@pytest.mark.parametrize("path", ["/steder/%00/", "/steder/%0a/", "/%7f"])
def test_control_characters_in_an_address_are_refused(home, client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_public_pages_set_no_cookie(home, client: Client) -> None:
    answer = client.get("/soeg/?q=mad")

    assert (answer.status_code, dict(answer.cookies)) == (200, {})
