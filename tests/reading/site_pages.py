"""Pages as known sites print them, in our own words: the same story under each site's head and foot."""

from __future__ import annotations

TITLE = "محصول القمح يفوق التوقعات بعد شتاء غزير الأمطار"
FIRST = "قال وزير الزراعة صباح اليوم إن محصول القمح هذا العام فاق التوقعات بعد أمطار غزيرة هطلت في الشتاء."
SECOND = "وأضاف الوزير خلال مؤتمر صحفي أن الحكومة ستشتري من الفلاحين ما يعرضونه بأعلى من أسعار السنة الماضية."
THIRD = "وكانت نقابة الفلاحين قد طالبت في 12 مارس 2014 بزيادة الأسعار بعد ارتفاع تكاليف الوقود والأسمدة."
STORY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"

PAGES: dict[str, tuple[str, str | None, str | None]] = {
    "aljazeera of 2016": (
        (
            f"{TITLE} - الجزيرة نت\nالأخبار\nعربي\nدولي\nاقتصاد\nثقافة\nرياضة\n"
            "آخر تحديث : الأحد 4/5/1437 هـ - الموافق 14/2/2016 م الساعة 12:34 (مكة المكرمة)، 9:34 (غرينتش)\n"
            f"{TITLE}\n{STORY}\n\nالمصدر : الجزيرة + وكالات\nشارك برأيك\n"
        ),
        "aljazeera",
        "2016-02-14 12:34",
    ),
    "aljazeera of 2021": (
        (
            f"اقتصاد|أخبار\n{TITLE}\nحقل قمح في أحد أرياف البلاد (الجزيرة)\n22/11/2021\n|\n"
            f"آخر تحديث: 22/11/2021 03:15 PM (مكة المكرمة)\n{STORY}\n\nالمصدر : الجزيرة + رويترز\n"
            "اقرأ أيضا\nعنوان خبر آخر عن الزراعة\n"
        ),
        "aljazeera",
        "2021-11-22",
    ),
    "al-arabiya": (
        (
            f"{TITLE}\nنشر في: 21 نوفمبر ,2015: 09:59 م GST\nآخر تحديث: 22 نوفمبر ,2015: 10:30 ص GST\n"
            f"دبي - العربية.نت\n\n{STORY}\n"
        ),
        "al-arabiya",
        "2015-11-21 21:59",
    ),
    "sky news arabia": (
        (
            f"{TITLE} | أخبار سكاي نيوز عربية\n{TITLE}\nالأحد 22 نوفمبر 2015 - 12:30 بتوقيت أبوظبي\n"
            f"أبوظبي - سكاي نيوز عربية\n{STORY}\n"
        ),
        "sky-news-arabia",
        "2015-11-22 12:30",
    ),
    "asharq al-awsat of 2015": (
        (
            f"{TITLE} | الشرق الأوسط\n{TITLE}\nالأحد - 10 صفر 1437 هـ - 22 نوفمبر 2015 مـ رقم العدد [13504]\n"
            f"القاهرة: «الشرق الأوسط»\n{STORY}\n"
        ),
        "asharq-al-awsat",
        "2015-11-22",
    ),
    "asharq al-awsat of 2024": (
        (
            f"{TITLE}\nحقل قمح في الريف (رويترز)\nحقل قمح في الريف (رويترز)\nالقاهرة: «الشرق الأوسط»\n"
            "القاهرة: «الشرق الأوسط»\nTT\n20\nنُشر: 14:30-22 نوفمبر 2024 م ـ 20 جمادي الأول 1446 هـ\n"
            f"{STORY}\n"
        ),
        "asharq-al-awsat",
        "2024-11-22 14:30",
    ),
    "al-ahram": (
        (
            "الأحد 10 من صفر 1437 هــ 22 نوفمبر 2015 السنة 140 العدد 47102\n"
            f"{TITLE}\nكتبت ـ منى السيد:\n{STORY}\n"
        ),
        None,
        "2015-11-22",
    ),
    "masrawy": (
        f"{TITLE}\n02:30 م الأحد 22 نوفمبر 2015\nكتب - محمد سامي:\n{STORY}\n",
        None,
        "2015-11-22 14:30",
    ),
    "youm7": (
        f"{TITLE} - اليوم السابع\nالأحد، 22 نوفمبر 2015 02:30 م\n{TITLE}\nكتب محمد سالم\n{STORY}\n",
        "youm7",
        "2015-11-22 14:30",
    ),
    "hespress": (
        f"{TITLE}\nهسبريس - أحمد الراضي\nالأحد 22 نونبر 2015 - 10:00\n{STORY}\n",
        "hespress",
        "2015-11-22 10:00",
    ),
    "spa": (
        f"عام / {TITLE}\nالأحد 1437/2/10 هـ الموافق 2015/11/22 م واس\n{STORY}\n// انتهى //\n14:30 ت م\n",
        "spa",
        "2015-11-22",
    ),
    "qna": (
        f"{TITLE} - وكالة الأنباء القطرية\nالدوحة في 22 نوفمبر /قنا/ {STORY}\n",
        "qna",
        None,
    ),
    "rt": (
        (
            f"{TITLE} - RT Arabic\n{TITLE}\nتاريخ النشر:22.11.2015 | 12:30 GMT |\n"
            f"آخر تحديث:22.11.2015 | 13:00 GMT | العالم العربي\n{STORY}\nالمصدر: رويترز\nتابعوا RT على\n"
        ),
        "rt-arabic",
        "2015-11-22 12:30",
    ),
    "dw": (
        (
            f"{TITLE} | أخبار DW عربية | أخبار عاجلة ووجهات نظر من أنحاء العالم | DW | 22.11.2015\n{TITLE}\n"
            f"{STORY}\nع.ش/ ح.ز (رويترز، أ ف ب)\nتاريخ 22.11.2015\nمواضيع متعلقة مصر\nكلمات مفتاحية القمح\n"
        ),
        "dw-arabic",
        "2015-11-22",
    ),
    "france 24": (
        (
            f"الشرق الأوسط\n{TITLE}\nنشرت في: 22/11/2015 - 10:30\nآخر تحديث: 23/11/2015 - 12:30\n{STORY}\n"
            "فرانس24/ أ ف ب\n"
        ),
        "france-24",
        "2015-11-22 10:30",
    ),
    "reuters": (
        (
            f"Sun Nov 22, 2015 2:30pm GMT\n{TITLE}\nمن علي عبد الله\nالقاهرة (رويترز) - {STORY}\n"
            "(إعداد منى حسن للنشرة العربية - تحرير سامي خالد)\n"
        ),
        None,
        "2015-11-22 14:30",
    ),
    "elaph": (
        f"{TITLE}\nأسامة مهدي من لندن\nGMT 11:30 2015 الأحد 22 نوفمبر\n{STORY}\n",
        None,
        "2015-11-22 11:30",
    ),
    "an-nahar": (
        f'{TITLE}\nالمصدر: "النهار"\n22 تشرين الثاني 2015 الساعة 14:20\n{STORY}\n',
        "annahar",
        "2015-11-22 14:20",
    ),
    "echorouk": (f"{TITLE}\nفاتح عبد الله\n2015/11/22\n{STORY}\n", None, "2015-11-22"),
    "cnn of 2009": (
        (
            f"CNNArabic.com - {TITLE}\n1100 (GMT+04:00) - 02/05/09\n{TITLE}\nحقل قمح (من الأرشيف)\n"
            f"دبي، الإمارات العربية المتحدة (CNN) -- {FIRST}\nروابط ذات علاقة\n"
            f"عنوان خبر آخر عن الزراعة\n{SECOND}\n{THIRD}\n"
        ),
        "cnn-arabic",
        "2009-05-02 11:00",
    ),
    "bbc of 2009": (
        (
            f"\u202dBBC Arabic\u202c - \u202eعلوم وتكنولوجيا\u202c - \u202e{TITLE}\u202c\n"
            'content="وزير الزراعة يقول إن محصول القمح هذا العام فاق كل ما كان يتوقعه الفلاحون والتجار." />\n'
            "الرئيسية\nالشرق الأوسط\nالعالم\nشارك برأيك\n"
            "اقتصاد وأعمال\nمنوعات\nعلوم وتكنولوجيا\nرياضة\nآخر تحديث:\n"
            f"السبت, 28 نوفمبر/ تشرين الثاني, 2009, 01:02 GMT\n{TITLE}\n{STORY}\n"
        ),
        "bbc-arabic",
        "2009-11-28 01:02",
    ),
}
"""The name of a page: its text, the slug of the outlet that it tells, its date and time."""

ONLY_BY_PROFILE = frozenset({"aljazeera of 2021", "dw", "qna"})
"""Pages whose outlet nothing tells but how the site's pages look."""


def flattened(page: str) -> str:
    """A page as scrapers save it whose lines were run together: runs of spaces for line ends."""
    return "     ".join(line for line in page.splitlines() if line.strip())
