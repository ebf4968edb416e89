"""The pictures of the editors' guide: who looks at what, and what is ringed. A few lines each.

`path` may name rows of the demo in braces: see `tests.harness.guide_pictures.rows`.
"""

from dataclasses import dataclass

Step = tuple[str, ...]  # ("click", selector), ("fill", selector, text), ("choose", selector, value)

PHONE, DESK = 390, 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. Lengths are CSS pixels; the file has twice as many."""

    name: str
    who: str  # the demo account before the @; "" for a visitor
    path: str
    width: int = DESK
    height: int = 640  # at most
    crop: str = "main"  # what matters, as a selector
    press: str = ""  # what to press, as a selector: gets a ring
    steps: tuple[Step, ...] = ()


def phone(name: str, who: str, path: str, **rest: object) -> Picture:
    """Return a picture of a telephone's screen."""
    values: dict[str, object] = {"height": 700, "crop": "body", **rest}
    return Picture(name, who, path, width=PHONE, **values)  # type: ignore[arg-type]


PICTURES = (
    # Begynd her
    phone("log-ind", "", "/konto/log-ind/", press="main [type=submit]", height=600),
    phone("konto", "medarbejder", "/konto/", height=640),
    phone("personer", "leder", "/konto/personer/", height=760),
    Picture("forside", "redaktoer", "/admin/", press=".today-starts .button", width=1200),
    Picture("menu", "redaktoer", "/admin/", crop=".sidebar", width=1200, height=900),
    # Hver dag
    phone("mit-sted", "medarbejder", "/intern/", height=820),
    phone("aflys", "medarbejder", "/intern/", press=".job-acts a:has-text('Aflys')"),
    phone("aflys-hvorfor", "medarbejder", "/intern/dato/{date}/aflys/", height=780),
    phone("flyt", "medarbejder", "/intern/dato/{date}/flyt/", height=780),
    phone("tael", "medarbejder", "/intern/", press="main a:has-text('Tæl')"),
    phone(
        "tael-tallet",
        "medarbejder",
        "/intern/",
        height=560,
        steps=(("click", "main a:has-text('Tæl')"),),
    ),
    Picture(
        "datoer",
        "redaktoer",
        "/admin/aktiviteter/{activity}/datoer/",
        press="main a:has-text('Aflys')",
    ),
    Picture(
        "ny-aktivitet", "redaktoer", "/admin/pages/add/activities/activitypage/{venue}/", width=1100
    ),
    Picture(
        "hvornaar",
        "redaktoer",
        "/admin/pages/{activity}/edit/",
        width=1100,
        crop="section.next-dates",
    ),
    Picture(
        "udgiv",
        "redaktoer",
        "/admin/pages/{activity}/edit/",
        width=1100,
        height=420,
        steps=(("click", "footer [data-w-dropdown-target=toggle]"),),
        press="footer [name=action-publish]",
    ),
    Picture(
        "indholdstjek",
        "redaktoer",
        "/admin/pages/{activity}/edit/",
        width=1200,
        height=760,
        steps=(("click", "[data-side-panel-toggle=checks]"),),
    ),
    Picture(
        "aabningstider",
        "redaktoer",
        "/admin/pages/{venue}/edit/",
        width=1200,
        steps=(("click", "role=tab[name=/Åbningstider/]"),),
        press="role=tab[name=/Åbningstider/]",
    ),
    Picture("lukkedage", "redaktoer", "/admin/andre-aabningstider/new/", height=760),
    Picture("besked", "redaktoer", "/admin/opslag/new/", height=760),
    # Stedets side og billeder
    Picture("stedets-side", "redaktoer", "/admin/pages/{venue}/edit/", width=1200),
    Picture("billede", "redaktoer", "/admin/images/add/", height=820),
    # Sammen med andre
    Picture(
        "invitationer",
        "redaktoer2",
        "/admin/invitationer/",
        height=360,
        press="main a:text-is('Svar')",
    ),
    Picture("planlaegning", "redaktoer", "/intern/faelles/{shared}/plan/", width=900),
    phone("find-et-sted", "medarbejder", "/intern/find/"),
    phone("kendskab", "medarbejder", "/intern/kendskab/"),
    # Fortæl om det
    Picture("nyhedsbreve", "kommunikation", "/admin/nyhedsbreve/", press="main a:text-is('Skriv')"),
    Picture("nyhedsbrev", "kommunikation", "/admin/nyhedsbreve/{issue}/", height=800),
    Picture("laesere", "kommunikation", "/admin/laesere/"),
    Picture("udsendelser", "kommunikation", "/admin/nyhedsbreve/udsendelser/", height=300),
    Picture(
        "plakat",
        "",
        "/steder/perlen/program/",
        height=820,
        crop="body",
        press="main a:has-text('PDF')",
    ),
    Picture("skaerm", "", "/skaerm/perlen/", width=1280, height=800, crop="body"),
    Picture("kanaler", "redaktoer", "/admin/kommunikation/aktivitet/{activity}/", height=760),
    # Kalendere og regneark
    Picture(
        "kalendere",
        "redaktoer",
        "/admin/kalendere/ny/",
        height=760,
        press="main form [type=submit]",
    ),
    Picture(
        "regneark", "redaktoer", "/admin/regneark/", height=820, press="main form [type=submit]"
    ),
    # For ledere
    phone("tablet", "leder", "/intern/enheder/ny/", height=640),
    Picture("tavle", "omraadechef", "/admin/initiativer/tavle/", width=1200, height=960),
    Picture("opfoelgning", "leder", "/admin/initiativer/opfoelgning/", press="main a.button"),
    # Når noget driller
    Picture(
        "aendringer",
        "redaktoer",
        "/admin/aendringer/",
        height=480,
        press="main :text-is('Fortryd') >> nth=1",
    ),
    Picture(
        "historik",
        "redaktoer",
        "/admin/pages/{activity}/edit/",
        height=480,
        steps=(
            ("fill", "[name=summary]", "Vi spiller kort og drikker kaffe. Alle kan være med."),
            ("click", "footer [data-w-dropdown-target=toggle]"),
            ("click", "footer [name=action-publish]"),
            ("goto", "/admin/pages/{activity}/history/"),
        ),
    ),
    # Last, because a date is cancelled for it
    phone(
        "hvad-er-der-sket",
        "medarbejder",
        "/intern/dato/{date}/aflys/",
        height=760,
        steps=(
            ("click", "main [type=submit]"),
            ("goto", "/intern/sted/{venue}/log/"),
        ),
        press="main [type=submit]",
    ),
)
