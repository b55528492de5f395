"""What shares a stem, and what must not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arabic import kept_letters, lexicon, normal_form, stem
from arabic.stem import stem_with

ONE = [
    ("article", "السعودية", "سعودية"),
    ("and with article", "والسعودية", "سعودية"),
    ("to the", "للسعودية", "سعودية"),
    ("in the", "بالسعودية", "سعودية"),
    ("in the, of a name that was not counted", "بالطائف", "الطائف"),
    ("like the", "كالبنك", "بنك"),
    ("so the", "فالحكومة", "حكومة"),
    ("and in the", "وبالحكومة", "حكومة"),
    ("and to the", "وللحكومة", "حكومة"),
    ("and", "وتونس", "تونس"),
    ("so", "فقال", "قال"),
    ("unseen word with and", "ونتنياهو", "نتنياهو"),
    ("in", "ببيروت", "بيروت"),
    ("to", "لوزارة", "وزارة"),
    ("to a word that begins with lam", "للبنان", "لبنان"),
    ("to the, of a word that begins with lam", "للجنة", "لجنة"),
    ("will, he", "سيكون", "يكون"),
    ("will, she", "ستكون", "تكون"),
    ("article of a short word", "الدم", "دم"),
    ("article never seen without", "الأخيرة", "أخيرة"),
    ("teh marbuta", "وزيرة", "وزير"),
    ("heh of teh marbuta", "وزيره", "وزير"),
    ("her", "كتابها", "كتاب"),
    ("his", "كتابه", "كتاب"),
    ("their", "موقفهم", "موقف"),
    ("their, of two", "مهامهما", "مهام"),
    ("our", "بلادنا", "بلاد"),
    ("her, after teh marbuta", "حكومتها", "حكومة"),
    ("his, after teh marbuta", "سياسته", "سياسة"),
    ("his, after feminine plural", "سياساته", "سياسة"),
    ("her, after alef maksura", "مستواها", "مستوى"),
    ("feminine dual", "دولتين", "دولة"),
    ("feminine dual, subject", "دولتان", "دولة"),
    ("feminine plural", "سيارات", "سيارة"),
    ("feminine plural of a masculine", "قرارات", "قرار"),
    ("masculine plural", "المهندسين", "مهندس"),
    ("masculine plural, subject", "مهندسون", "مهندس"),
    ("dual", "اللاعبان", "لاعب"),
    ("verbal plural", "قالوا", "قال"),
    ("tanwin", "رسميا", "رسمي"),
    ("verbal teh", "أعلنت", "أعلن"),
    ("final hamza", "الوزراء", "وزرا"),
    ("nisba with and without teh marbuta", "السورية", "سوري"),
    ("and God", "والله", "الله"),
    ("by God", "بالله", "الله"),
    ("article inside", "الالتزام", "التزام"),
    ("and, of a word seen oftener with it", "وأضاف", "أضاف"),
    ("parents, oblique", "والدين", "والد"),
    ("her mother", "والدتها", "والدة"),
    ("dual of a verb", "يعملان", "يعمل"),
    ("plural of a verb", "يعملون", "يعمل"),
    ("to a name that begins like the article", "بألمانيا", "ألمانيا"),
]
TWO = [
    ("Salman, peace", "سلمان", "سلم"),
    ("and Salman, peace", "وسلمان", "سلم"),
    ("Lebanon, milk", "لبنان", "لبن"),
    ("in Lebanon, milk", "بلبنان", "لبن"),
    ("Quran, village", "القرآن", "قرية"),
    ("Quran, villages", "القرآن", "قرى"),
    ("debts, my father", "ديون", "والدي"),
    ("minister, button", "وزير", "زير"),
    ("and a minister, button", "ووزير", "زير"),
    ("Saudi Arabia, Saud", "السعودية", "سعود"),
    ("Oman, uncle", "عمان", "عم"),
    ("Germany, a German", "المانيا", "الماني"),
    ("Adnan, Aden", "عدنان", "عدن"),
    ("commitment, cut at its ال", "التزام", "تزام"),
    ("Palestine, cut at its end", "فلسطين", "فلسط"),
    ("Iran, cut at its end", "إيران", "أير"),
    ("delegation, cut at its و", "وفد", "فد"),
    ("boy, cut at its و", "ولد", "لد"),
    ("place, cut at its end", "مكان", "مك"),
    ("address, cut at its end", "عنوان", "عنو"),
    ("Berlin, cut at its end", "برلين", "برل"),
    ("Paris, cut at its ب", "باريس", "اريس"),
    ("Iraq, sweat", "العراق", "عرق"),
    ("Hussein, feeling", "حسين", "حس"),
    ("thousands, cut at its ا", "آلاف", "لاف"),
    ("statement, between", "بيان", "بين"),
    ("Abdullah, God", "عبدالله", "الله"),
    ("name that ends in God, God", "عطالله", "الله"),
    ("parents, and religion", "والدين", "الدين"),
    ("her mother, cut at its و", "والدتها", "دتها"),
    ("statement, data", "بيان", "بيانات"),
    ("resort, product", "منتجع", "منتج"),
    ("emotion, found", "وجدان", "وجد"),
    ("Haydara, Haydar", "حيدرة", "حيدر"),
    ("Kasserine, palace", "القصرين", "القصر"),
    ("Medenine, cities", "مدنين", "مدن"),
    ("Francois, France-", "فرانسوا", "فرانس"),
    ("described, a quality", "وصفت", "صفة"),
]
WHOLE = [
    "كيري",
    "بوتين",
    "جازان",
    "كانون",
    "سلمان",
    "لبنان",
    "وزير",
    "باريس",
    "لندن",
    "واشنطن",
    "فلسطين",
    "سوريا",
    "نتنياهو",
    "كلينتون",
    "bbc",
    "2015",
]


@pytest.mark.parametrize(("word", "other"), [pytest.param(a, b, id=i) for i, a, b in ONE])
def test_words_share_a_stem(word: str, other: str) -> None:
    assert stem(normal_form(word)) == stem(normal_form(other))


@pytest.mark.parametrize(("word", "other"), [pytest.param(a, b, id=i) for i, a, b in TWO])
def test_words_do_not_share_a_stem(word: str, other: str) -> None:
    assert stem(normal_form(word)) != stem(normal_form(other))


@pytest.mark.parametrize("word", WHOLE)
def test_word_stays_whole(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("word", ["", "و", "ال", "وال", "من", "سنه"])
def test_words_under_four_letters_stay_whole(word: str) -> None:
    assert stem(word) == word


def test_without_counts_only_the_certain_affixes_go() -> None:
    assert stem_with("والمهندسون", {}, frozenset()) == "مهندسون"


ARABIC_WORDS = st.text(st.sampled_from("ابتةجدرسعفقكلمنهويىأإآؤئء"), min_size=1, max_size=14)


@settings(deadline=None)
@given(ARABIC_WORDS)
def test_stem_is_part_of_a_word(word: str) -> None:
    normal = normal_form(word)
    stemmed = stem(normal)
    assert stemmed
    assert len(stemmed) <= len(normal)
    assert stemmed == normal_form(stemmed)
    assert len(stemmed) >= min(2, len(normal))


@settings(deadline=None)
@given(ARABIC_WORDS)
def test_each_word_has_the_letters_that_its_stem_keeps(word: str) -> None:
    normal = normal_form(word)
    assert kept_letters(stem(normal)) in normal


def test_each_word_that_was_counted_has_the_letters_that_its_stem_keeps() -> None:
    counted = lexicon.in_use()
    assert len(counted) > 10_000
    assert [word for word in counted if kept_letters(stem(word)) not in word] == []


@settings(deadline=None)
@given(ARABIC_WORDS)
def test_stem_of_a_stem_is_still_a_word(word: str) -> None:
    assert stem(stem(normal_form(word)))


NAMES = [
    *("تونس", "لبنان", "سوريا", "فلسطين", "باريس", "واشنطن", "برلين", "لندن", "كندا", "ألمانيا"),
    *("إيران", "تركيا", "فرنسا", "بريطانيا", "ليبيا", "مصر", "عمان", "قطر", "بغداد", "دمشق"),
    *("محمد", "سلمان", "عدنان", "حسين", "سليمان", "نتنياهو", "أوباما", "بوتين", "كيري", "ياسين"),
    *("القصرين", "الرياض", "الكويت", "السعودية", "البحرين", "القاهرة"),
]
PARTICLES = ["و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"]


def with_particle(particle: str, name: str) -> str:
    is_to_the = particle.endswith("ل") and name.startswith("ال")
    return particle + ("ل" + name[2:] if is_to_the else name)


@pytest.mark.parametrize("particle", PARTICLES)
@pytest.mark.parametrize("name", NAMES)
def test_a_particle_does_not_change_the_stem_of_a_name(name: str, particle: str) -> None:
    written = normal_form(with_particle(particle, name))
    if len(written) >= 4:
        assert stem(written) == stem(normal_form(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_stem_of_a_name_is_its_own_stem(name: str) -> None:
    stemmed = stem(normal_form(name))
    assert stem(stemmed) == stemmed
