"""Plain text as a person reads it in a narrow window."""

from core.mail_text import underlined, wrapped

LONG = "https://fristed.example/nyhedsbrev/afmeld/" + "k" * 60


def test_lines_fit_a_narrow_window():
    text = "Vi spiser sammen hver tirsdag. " * 5

    assert wrapped(text) == (
        "Vi spiser sammen hver tirsdag. Vi spiser sammen hver tirsdag. Vi spiser\n"
        "sammen hver tirsdag. Vi spiser sammen hver tirsdag. Vi spiser sammen\n"
        "hver tirsdag."
    )


def test_an_address_is_never_cut():
    assert wrapped(f"Stop mailen her: {LONG}") == f"Stop mailen her:\n{LONG}"


def test_lines_and_empty_lines_stay():
    assert wrapped("\nHej.\n\n- Ane\n- Bo\n") == "Hej.\n\n- Ane\n- Bo"


def test_a_list_item_goes_on_below_its_words():
    text = "- Ugens program: Ugens aktiviteter på de steder, du følger. Én mail om ugen."

    assert wrapped(text) == (
        "- Ugens program: Ugens aktiviteter på de steder, du følger. Én mail om\n  ugen."
    )


def test_later_lines_stand_below_the_first():
    text = "14.00  En meget lang titel, der fylder mere end den ene linje, som der er plads til"

    assert wrapped(text, indent=7) == (
        "14.00  En meget lang titel, der fylder mere end den ene linje,\n"
        "       som der er plads til"
    )


def test_a_heading_has_a_line_below_all_of_it():
    assert underlined("På fredag", mark="=") == "På fredag\n========="


def test_no_text_is_no_text():
    assert wrapped("") == ""
