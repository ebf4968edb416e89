"""`manage.py admin_messages`: Danish for Wagtail and what comes with it, apart from our own.

Without an option it takes in what the installed packages have to say, keeps what is translated
and compiles. `--check` changes nothing and lists what is missing or does not agree with its
English. `--export FOLDER` writes one file for each package, as its own project keeps them.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.management.commands.messages import DATE, LANGUAGE, check_compiled, compile_all

DOMAINS = ("django", "djangojs")
PLURALS = "(n != 1)"
# Their English catalogues name every message; the packages after them only come in other tongues.
PACKAGES = ("wagtail", "taggit")
WITHOUT_ENGLISH = ("django_filters",)
HOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*", re.IGNORECASE)


class Command(BaseCommand):
    help = "Bring the Danish of Wagtail's admin in line with the installed packages, or check it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail if unfit")
        parser.add_argument("--export", metavar="FOLDER", type=Path, help="one file per package")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LOCALE_PATHS[1])
        if options["check"]:
            faults = [*faults_of(folder), *check_compiled(folder)]
            if faults:
                raise CommandError("\n".join([*faults, "Run manage.py admin_messages."]))
            self.stdout.write("The Danish of the admin is complete and compiled.")
        elif options["export"]:
            written = export(folder, options["export"])
            self.stdout.write(f"{len(written)} files written in {options['export']}.")
        else:
            for domain in DOMAINS:
                gather(folder, domain)
            compile_all(folder)


def gather(folder: Path, domain: str) -> None:
    """Rewrite the catalogue of `domain`: every installed message, with the Danish we have."""
    path = catalogue_path(folder, domain)
    known = read(path) if path.exists() else Catalog(locale=LANGUAGE)
    fresh = Catalog(locale=LANGUAGE, project="Fristed", charset="utf-8")
    for source in sources(domain):
        for message in read(source):
            if message.id:
                add(fresh, message, known, package_of(source))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(fresh))


def add(fresh: Catalog, message: Message, known: Catalog, package: str) -> None:
    """Put a message into the catalogue, with our Danish if we have it, and whose it is."""
    ours = known.get(key(message), message.context)
    danish = ours.string if ours else ("", "") if message.pluralizable else ""
    before = fresh.get(key(message), message.context)
    packages = [place for place, _line in before.locations] if before else []
    fresh.add(
        message.id,
        danish,
        # Without lines: they change with every release.
        locations=[(place, 0) for place in sorted({*packages, package})],
        flags=[flag for flag in message.flags if flag != "fuzzy"],
        context=message.context,
    )


def faults_of(folder: Path) -> list[str]:
    """Return what keeps the catalogues from being whole: one line for each fault."""
    return [fault for domain in DOMAINS for fault in faults_in(folder, domain)]


def faults_in(folder: Path, domain: str) -> Iterator[str]:
    path = catalogue_path(folder, domain)
    ours = read(path) if path.exists() else Catalog(locale=LANGUAGE)
    for source in sources(domain):
        for message in read(source):
            if message.id and ours.get(key(message), message.context) is None:
                yield f"{domain}: missing: {package_of(source)}: {key(message)!r}"
    for message in ours:
        if message.id:
            yield from (f"{domain}: {fault}: {key(message)!r}" for fault in message_faults(message))


def message_faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with one translated message."""
    english, danish = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "nobody has looked at it"
    if len(danish) != len(english) or not all(danish):
        yield "no Danish"
        return
    for said, meant in zip(danish, english, strict=True):
        # One form of a plural may leave the number out: "denne side", "disse %(count)d sider".
        missing = holders(said) ^ holders(meant)
        if missing and not (message.pluralizable and missing <= holders(english[-1])):
            yield f"other placeholders ({', '.join(sorted(missing))})"
        if Counter(TAG.findall(said)) != Counter(TAG.findall(meant)):
            yield "other HTML"
        if ends(said) != ends(meant):
            yield "other line breaks at its ends"


def forms(text: Any) -> tuple[str, ...]:
    """Return the one form of a text, or the two of a plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def holders(text: str) -> set[str]:
    return set(HOLDER.findall(text))


def ends(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


def export(folder: Path, target: Path) -> list[Path]:
    """Write each package's messages with our Danish below `target`; return the files."""
    files = []
    for domain in DOMAINS:
        ours = read(catalogue_path(folder, domain))
        for source in sources(domain):
            catalogue = Catalog(locale=LANGUAGE, project=package_of(source), charset="utf-8")
            for message in read(source):
                known = ours.get(key(message), message.context)
                if message.id and known is not None:
                    catalogue.add(
                        message.id,
                        known.string,
                        locations=message.locations,
                        flags=message.flags,
                        auto_comments=message.auto_comments,
                        context=message.context,
                    )
            path = target / package_path(source)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(catalogue))
            files.append(path)
    return files


def sources(domain: str) -> list[Path]:
    """Return the catalogues that say which messages the installed packages have."""
    found = [
        path
        for package in PACKAGES
        for path in sorted(root_of(package).rglob(f"locale/en/LC_MESSAGES/{domain}.po"))
    ]
    for package in WITHOUT_ENGLISH:
        found += sorted(root_of(package).rglob(f"locale/{LANGUAGE}/LC_MESSAGES/{domain}.po"))
    return found


def root_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CommandError(f"{package} is not installed.")
    return Path(spec.origin).parent


def package_path(source: Path) -> Path:
    """Return where a catalogue lies inside its project, as Danish: wagtail/admin/locale/da/…"""
    parts = source.parts
    start = max(parts.index(name) for name in (*PACKAGES, *WITHOUT_ENGLISH) if name in parts)
    inside = [LANGUAGE if part in ("en", LANGUAGE) else part for part in parts[start:]]
    return Path(*inside)


def package_of(source: Path) -> str:
    """Return a package's name, such as `wagtail.contrib.redirects`."""
    parts = package_path(source).parts
    return ".".join(parts[: parts.index("locale")])


def catalogue_path(folder: Path, domain: str) -> Path:
    return folder / LANGUAGE / "LC_MESSAGES" / f"{domain}.po"


def key(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


def read(path: Path) -> Catalog:
    """Return a catalogue. Without dates: packages write them as they like."""
    text = DATE.sub("", path.read_text(encoding="utf-8"))
    catalogue: Catalog = read_po(io.StringIO(text), locale=LANGUAGE)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as text: sorted, unwrapped, without a date, so that changes read well."""
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, width=0, include_lineno=False, omit_header=True)
    return HEADER.encode() + out.getvalue()


HEADER = f"""msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural={PLURALS};\\n"

"""
