"""Nothing but the guarded fetcher opens a connection that somebody's address decides about."""

import ast
from pathlib import Path

CLIENTS = {
    "aiohttp", "ftplib", "http.client", "httpx", "pycurl", "requests", "telnetlib", "treq",
    "urllib.request", "urllib3", "xmlrpc.client",
}  # fmt: skip
PYTHON = ("accounts", "activities", "directory", "initiatives", "newsletter", "site", "staff")
DOOR = "site/core/fetching/"
# `make run` knocks on its own door with it, at an address from its own command line.
OWN_DOOR = {"site/config/supervisor.py": {"http.client"}}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return {
        client
        for client in CLIENTS
        if any(name == client or name.startswith(f"{client}.") for name in found)
    }


def test_only_the_guarded_fetcher_imports_an_http_client(root: Path):
    found = {
        str(path.relative_to(root)): clients
        for folder in PYTHON
        for path in sorted((root / folder).rglob("*.py"))
        if (clients := imported(path))
    }

    inside = {path for path in found if path.startswith(DOOR)}
    assert inside
    assert {path: found[path] for path in found.keys() - inside} == OWN_DOOR


def test_wagtail_fetches_no_embeds(settings):
    assert settings.WAGTAILEMBEDS_FINDERS == []
