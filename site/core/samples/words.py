"""Sample words: what icons, drawings, places, answers and filters show in the style guide."""

from typing import Any

PHONE = {"phone": "00 00 12 12", "tel": "00001212"}
WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]

ICONS = (
    "food bath talk sleep dog women clothes health computer work wheelchair children "
    "phone mail map calendar list grid rss print share link download search filter edit plus undo "
    "close exit login arrow back down up more clock price free people shared house bus globe "
    "lock wifi smoking cancelled moved new star yes alert info notice flag"
)
DRAWINGS = (
    "kitchen night_lamp womens_house bus workshop garden music warm_meal christmas_tree "
    "swimming_hall dog_walk board_games coffee talk nurse bath computer_help quiet_room harbour "
    "bonfire football paint empty_bench closed_door tent house_meeting books moving"
)
NEEDS = (
    ("food", "Mad"),
    ("bath", "Bad og tøj"),
    ("talk", "En at snakke med"),
    ("sleep", "Et sted at sove"),
    ("dog", "Med hund"),
    ("women", "Kun for kvinder"),
)

PLACES = [
    {
        "name": "Bussen",
        "state": "open",
        "until": "lukker kl. 14.30",
        "until_note": "om 50 minutter",
        "meta": "Mobilt værested · Banegårdspladsen",
        "next_label": "Nu:",
        "next_text": "suppe og varme sokker",
    },
    {
        "name": "Perlen",
        "state": "open",
        "until": "lukker kl. 16",
        "meta": "Værested · Havnegade 12",
        "next_label": "Kl. 14:",
        "next_text": "kaffe og kort",
    },
    {
        "name": "Aktivitets- og Beskæftigelseshuset Sønderbrogadekvarteret",
        "state": "closed",
        "until": "åbner i morgen kl. 9",
        "meta": "Aktivitetshus · Sønderbrogade 114, 2. sal, porten til venstre",
        "next_text": "Du bliver mødt af frivillige",
    },
    {
        "name": "Stuen",
        "state": "unknown",
        "until": "Helligdag – ring og hør",
        "meta": "Fællesskab · Skolegade 2",
        "next_text": "",
    },
]

ANSWERS = [
    {
        "question": "Må jeg komme?",
        "mark": "yes",
        "strong": "Ja.",
        "text": "Alle over 18 år kan komme. Du skal ikke henvises.",
    },
    {
        "question": "Kan jeg være anonym?",
        "mark": "yes",
        "strong": "Ja.",
        "text": "Vi spørger kun om dit fornavn.",
    },
    {
        "question": "Kan jeg sove her?",
        "mark": "no",
        "strong": "Nej.",
        "url": "#",
        "link_text": "Natcafé Lygten har senge.",
    },
    {
        "question": "Hvem tager imod mig?",
        "mark": "info",
        "strong": "Mette, Omar eller en frivillig.",
        "text": "Vi viser dig rundt, hvis du vil.",
    },
    {"question": "Er der teleslynge?", "mark": "unknown", "strong": "Vi ved det ikke.", **PHONE},
]

STEPS = [
    {
        "strong": "Gå bare ind.",
        "text": "Døren er den grønne ved siden af cykelsmeden. Du skal ikke ringe på.",
    },
    {
        "strong": "Få en kop kaffe.",
        "text": "En fra Perlen siger hej og spørger, hvad du hedder. Et fornavn er nok.",
    },
    {
        "strong": "Bliv, så længe du vil.",
        "text": "Du behøver ikke snakke. Der er en stille stue ovenpå.",
    },
]

FACTS = [
    {
        "icon": "clock",
        "label": "Hvornår",
        "strong": "Hver torsdag kl. 11.00–13.30.",
        "text": "Ikke den 24. og 31. december.",
    },
    {
        "icon": "map",
        "label": "Hvor",
        "strong": "Perlen, Havnegade 12.",
        "text": "Køkkenet ligger til venstre.",
        "url": "#",
        "link_text": "Find vej",
    },
    {"icon": "price", "label": "Pris", "strong": "Gratis.", "text": ""},
    {
        "icon": "yes",
        "label": "Sådan kommer du med",
        "strong": "Kom bare.",
        "text": "Du skal ikke melde dig til.",
    },
    {"icon": "phone", "label": "Spørgsmål", "text": "Ring til Perlen:", **PHONE},
]

NUMBERS = [
    {
        "number": "00 00 12 30",
        "tel": "00001230",
        "text": "Fare for liv. Ambulance, politi og brand. Hele døgnet.",
    },
    {
        "number": "00 00 12 40",
        "tel": "00001240",
        "text": "Den sociale vagt. Hvis du står uden et sted at sove i nat.",
    },
]

SHARED = [
    {
        "illustration": "christmas_tree",
        "when": "Lørdag den 28. november kl. 13",
        "title": "Juletræet tændes",
        "text": "Gløgg og æbleskiver på Torvet. Perlen, Stuen og Café Kanten er værter.",
    },
    {
        "illustration": "swimming_hall",
        "when": "Torsdag den 3. december kl. 10",
        "title": "I svømmehallen",
        "text": "Bussen henter ved Kahytten kl. 9.30. Det er gratis, og du kan låne badetøj.",
    },
    {
        "illustration": "warm_meal",
        "when": "Fredag den 11. december kl. 17",
        "title": "Stor julefrokost",
        "text": "Vi dækker op til 80 i Medborgerhuset. 40 kr. Ring til dit sted, hvis du vil med.",
    },
]

DATES = [
    {"day": "26. november", "time": "11.00–13.30", "url": "#"},
    {"day": "10. december", "time": "kl. 12", "note": "Luciaoptog"},
    {"day": "24. december", "cancelled": True, "note": "juleaften"},
    {"day": "7. januar", "time": "11.00–13.30"},
]


def filters() -> list[dict[str, Any]]:
    """Return one group of each type a filter bar knows."""
    return [
        {
            "name": "sted",
            "label": "Sted",
            "type": "checkboxes",
            "options": [
                {"value": "perlen", "label": "Perlen", "selected": True, "count": 12},
                {"value": "kahytten", "label": "Kahytten", "selected": False, "count": 9},
                {"value": "kanten", "label": "Café Kanten", "selected": False, "count": 4},
            ],
        },
        {
            "name": "bydel",
            "label": "Bydel",
            "type": "select",
            "options": [
                {"value": "", "label": "Hele byen", "selected": True},
                {"value": "havn", "label": "Havnekvarteret", "selected": False},
            ],
        },
        {
            "label": "Flere valg",
            "type": "more",
            "groups": [{"name": "fra", "label": "Fra", "type": "date", "value": "2026-11-23"}],
        },
        {
            "name": "q",
            "label": "Søg efter",
            "type": "text",
            "value": "",
            "placeholder": "mad, musik",
        },
    ]


def hours() -> list[dict[str, Any]]:
    """Return a week of opening hours with a day split in two, an exception and a closed day."""
    plain: list[dict[str, Any]] = [
        {"day": name.capitalize(), "times": ["9.00–16.00"], "notes": ["Personale"]}
        for name in WEEKDAYS[:5]
    ]
    plain[0]["is_today"] = True
    plain[2] = {
        "day": "Onsdag",
        "times": ["9.00–12.00", "14.00–18.00"],
        "notes": ["Personale", "Frivillige"],
    }
    plain[3] = {
        "day": "Torsdag",
        "times": ["9.00–16.00"],
        "notes": ["Personale"],
        "exception": "Lukket den 26. på grund af sygdom",
    }
    return [
        *plain,
        {"day": "Lørdag", "times": []},
        {"day": "Søndag", "times": ["20.00–8.00"], "notes": ["Brugerne selv"]},
    ]
