"""Which page of the guide explains the screen somebody is looking at."""

from urllib.parse import urlsplit

# The kind of page that is edited, by the name of its model.
OF_PAGES = {
    "activitypage": "ny-aktivitet",
    "venuepage": "stedets-side",
    "issuepage": "nyhedsbreve",
    "newsletterindexpage": "nyhedsbreve",
}

# The first that fits: the beginning of an address below /admin/.
OF_ADDRESSES = (
    ("pages/add/activities/activitypage/", "ny-aktivitet"),
    ("pages/add/newsletter/", "nyhedsbreve"),
    ("pages/", "ny-aktivitet"),
    ("steder/", "stedets-side"),
    ("aktiviteter/", "ny-aktivitet"),
    ("datoer/", "aflys-og-flyt"),
    ("aendringer/", "naar-noget-gik-galt"),
    ("andre-aabningstider/", "aabningstider"),
    ("opslag/", "besked"),
    ("faelles/", "faelles-arrangementer"),
    ("planlaegning/", "faelles-arrangementer"),
    ("invitationer/", "faelles-arrangementer"),
    ("kommunikation/", "kanaler"),
    ("nyhedsbreve/udsendelser/", "udsendelser"),
    ("nyhedsbreve/", "nyhedsbreve"),
    ("laesere/", "laesere"),
    ("kalendere/", "kalendere"),
    ("regneark/", "regneark"),
    ("initiativer/", "initiativer"),
    ("images/", "billeder-og-samtykke"),
    ("udbakke/", "udsendelser"),
    ("account/", "log-ind"),
)


def topic_for(path: str, model: str = "") -> str | None:
    """Return the topic for an address of the admin; None where none explains it.

    `model` is the name of the model of the page that is edited there, if any.
    """
    if model in OF_PAGES:
        return OF_PAGES[model]
    below = urlsplit(path).path.removeprefix("/admin/")
    if not below:
        return "kom-i-gang"
    return next((slug for start, slug in OF_ADDRESSES if below.startswith(start)), None)
