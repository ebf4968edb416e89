import pytest

from core.domain.text import (
    clean,
    close_words,
    fold,
    lix,
    shorten,
    slugify_da,
    sort_key,
    stems,
    words,
)


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("varmestuer", "Varmestue"),
        ("varmestuer", "Varmestuen"),
        ("værestederne", "Værestedet"),
        ("aktivitet", "Aktiviteter"),
        ("aktiviteterne", "Aktivitet"),
        ("frivillig", "Frivillige"),
        ("kage", "kager"),
        ("vaerested", "Værested"),
        ("vaerestederne", "Værestedet"),
        ("aalborg", "Ålborg"),
        ("cafe", "Café"),
        ("cafeer", "Caféen"),
        ("ÆRØ", "Ærø"),
        ("aeroe", "Ærø"),
        ("ARBEJDSLOES", "arbejdsløst"),
        ("vare\u00admestue", "Varmestue".replace("Varme", "Vareme")),
    ],
)
def test_stems_of_two_forms_of_a_word_are_the_same(query, stored):
    assert stems(query) == stems(stored)


@pytest.mark.parametrize(
    ("one", "other"), [("mad", "mand"), ("hus", "hund"), ("bad", "bænk"), ("Ærø", "Aarø")]
)
def test_stems_of_other_words_differ(one, other):
    assert stems(one) != stems(other)


def test_stems_keep_the_order_of_the_words():
    assert stems("Værestederne på Ærø har 12 kager") == "vaerested paa aeroe har 12 kag"


def test_close_words_find_what_a_misspelt_word_meant():
    candidates = ["Værestedet", "Varmestuen", "Perlen", "varmestuen", ""]

    assert close_words("vaermestue", candidates) == ["Varmestuen"]
    assert close_words("xyz", candidates) == []
    assert close_words("", candidates) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Værested på Ærø", "vaerested paa aeroe"),
        ("Café  Ålborg\n\tÖrebro", "cafe aalborg orebro"),
        ("A\u030aben do\u0308r", "aaben dor"),
        ("ﬁn Ⅳ", "fin iv"),
        ("Tóra í Føroyum", "tora i foeroyum"),
        ("\x00a\u202eb\u200bc", "abc"),
        ("", ""),
    ],
)
def test_fold_leaves_plain_lower_case_letters(text, folded):
    assert fold(text) == folded


def test_words_are_folded_and_split_at_all_that_is_no_letter_or_digit():
    assert words("Kaffe/te, 2×kage & café-møde_nu") == [
        "kaffe", "te", "2", "kage", "cafe", "moede", "nu",
    ]  # fmt: skip


def test_sort_key_places_danish_letters_last_and_aa_as_å():
    names = ["Aalborg", "Øster", "Zoo", "Åbenrå", "Ærø", "Abe", "Østre", "Åse", "Ångström"]

    assert sorted(names, key=sort_key) == [
        "Abe",
        "Zoo",
        "Ærø",
        "Øster",
        "Østre",
        "Åbenrå",
        "Aalborg",
        "Ångström",
        "Åse",
    ]


def test_sort_key_compares_numbers_by_value_and_ignores_case_and_signs():
    assert sorted(["Hus 10", "hus 2", "»Hus 1«"], key=sort_key) == ["»Hus 1«", "hus 2", "Hus 10"]


def test_sort_key_holds_only_what_every_collation_sorts_alike():
    assert sort_key("Café Ærø nr. 2") == "cafe zzarzzb nr 00000002"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Fællesspisning på Ærø", "faellesspisning-paa-aeroe"),
        ("  Mad & musik: kl. 17!  ", "mad-musik-kl-17"),
        ("Göteborg", "goteborg"),
        ("العربية", ""),
        ("", ""),
    ],
)
def test_slugify_da_gives_an_address_part(text, slug):
    assert slugify_da(text) == slug


def test_slugify_da_is_cut_at_a_word_if_it_can_be():
    assert slugify_da("Fællesspisning på Ærø", max_length=18) == "faellesspisning"
    assert slugify_da("Fællesspisning på Ærø", max_length=19) == "faellesspisning-paa"
    assert slugify_da("Fællesspisning", max_length=5) == "faell"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Kage\r\nog\rkaffe\u2028nu", "Kage\nog\nkaffe\nnu"),
        ("a\x00b\x0bc\x7fd\x9fe", "abcde"),
        ("\u202eabc\u202c \u2066x\u2069\u200f\u061c", "abc x"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\U0001ffffc\ufdd0d", "abcd"),
        ("et\tto", "et to"),
        ("👨‍👩‍👧 ÆØÅ «»", "👨‍👩‍👧 ÆØÅ «»"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_clean_removes_what_nobody_sees_and_feeds_cannot_carry(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Varm mad hver tirsdag", 40, "Varm mad hver tirsdag"),
        ("Varm mad hver tirsdag", 21, "Varm mad hver tirsdag"),
        ("Varm mad hver tirsdag", 20, "Varm mad hver…"),
        ("Varm mad, hver tirsdag", 10, "Varm mad…"),
        ("Varm\n  mad", 20, "Varm mad"),
        ("Fællesspisning", 6, "Fælle…"),
        ("Fællesspisning", 1, "…"),
        ("", 5, ""),
    ],
)
def test_shorten_cuts_after_a_word(text, length, short):
    assert shorten(text, length) == short
    assert len(short) <= length


def test_shorten_needs_room_for_the_dots():
    with pytest.raises(ValueError, match="length"):
        shorten("Mad", 0)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("…", 0),
        ("Kom bare ind. Her er varmt.", 3),
        ("Kom bare ind\nHer er varmt", 3),
        ("Vi spiser kl. 17.30 den 3. marts.", 8),
        ("Foreningen tilbyder udviklingsmuligheder.", 103),
    ],
)
def test_lix_counts_words_for_each_sentence_and_long_words(text, number):
    assert lix(text) == number
