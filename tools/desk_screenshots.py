"""Picture the curators' desk at work: a walk through pages that only come about where something is done.

Each language is walked once; whatever the walk does it takes back at its end, as a curator would. The files
that it sends in stay held, out of sight, so picture an archive that was made for it (`make demo`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from playwright.sync_api import Browser, FilePayload, Page

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
QUERY = "السد"
QUEUES = ("undated", "outlet", "rules")
LISTS = {
    "desk-home": "admin/",
    "admin-list": "admin/archive/article/",
    "desk-acts": "admin/archive/act/",
    "desk-upload": "admin/archive/ingestrun/upload/",
    "desk-health": "admin/health/",
}
TEXT = (
    "افتتح رئيس البلدية صباح أمس سوق الخضار الجديد في وسط المدينة بعد عامين من العمل، وقال إن السوق يتسع "
    "لمئتي بائع، وإن أصحاب البسطات القديمة لهم الأولوية في الأكشاك، وإن الإيجار لن يزيد في السنوات المقبلة."
)
SENT = (
    ("market-1.txt", f"سوق الخضار الجديد يفتح أبوابه\n\n{TEXT}\n"),
    ("market-2.txt", f"سوق الخضار يفتح أبوابه\n\n{TEXT} وحضر الافتتاح جمع من الأهالي.\n"),
    ("columns.jsonl", json.dumps({"headline": "سوق الخضار", "text": TEXT}, ensure_ascii=False) + "\n"),
)
Keep = Callable[[Page, str, str], None]
"""Is given a page that stands, its name and language, and pictures it at its width."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A curator's way through the desk in one language."""

    page: Page
    root: str
    language: str
    keep: Keep

    def go(self, path: str) -> None:
        joint = "&" if "?" in path else "?"
        self.page.goto(urljoin(self.root, f"{path}{joint}lang={self.language}"), wait_until="networkidle")

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def take(self, name: str, *, narrow: bool = False) -> None:
        self.keep(self.page, name, self.language)
        if narrow:
            self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # Playwright's own dictionary
            self.keep(self.page, name, self.language)
            self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # Playwright's own dictionary

    def all(self) -> None:
        """Everything, in an order in which each finds what it needs."""
        self.send_files()
        for kind in QUEUES:
            self.go(f"admin/queue/{kind}/")
            self.take(f"queue-{kind}", narrow=True)
        for name in ("pairs", "files"):
            self.go(f"admin/queue/{name}/")
            self.take(f"queue-{name}", narrow=name == "pairs")
        self.type_date()
        self.mark_split()
        self.withdraw()
        self.correct()
        self.change_many()
        self.edit_sheet()
        self.merge()
        for name, path in LISTS.items():
            self.go(path)
            self.take(name, narrow=name in {"admin-list", "desk-health"})
        self.go("admin/archive/article/")
        self.press("#result_list tbody th a")
        self.take("admin-article", narrow=True)
        self.take_run_back()

    def send_files(self) -> None:
        """Two texts that are alike, and a file that cannot be read."""
        self.go("admin/archive/ingestrun/upload/")
        files: list[FilePayload] = [
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in SENT
        ]
        self.page.set_input_files("[type=file]", files)
        self.press("#content-main form [type=submit]")
        self.take("desk-run")
        self.go("admin/queue/files/")
        retry = self.page.locator("a[href*='/retry/']").first.get_attribute("href") or ""
        self.go(retry.partition("?")[0].lstrip("/"))
        self.take("desk-retry")

    def type_date(self) -> None:
        self.go("admin/queue/undated/")
        self.page.fill("#f-published", "٩ صفر ١٤٣٧")
        self.page.locator("#f-published-n span").wait_for()
        self.take("queue-date", narrow=True)

    def mark_split(self) -> None:
        self.go("admin/queue/shape/")
        with self.page.expect_navigation():
            self.page.keyboard.press("x")
        boxes = self.page.locator("[name=at]:not(:disabled)")
        boxes.nth(boxes.count() // 2).check()
        self.take("queue-split")

    def withdraw(self) -> None:
        """Withdraw an article; what readers see at its address; bring it back."""
        reason = {"ar": "بطلب من الصحيفة", "en": "At the request of the newspaper"}[self.language]
        self.go("admin/queue/doubtful/")
        address = self.page.locator("a[href*='/articles/']").last.get_attribute("href") or "/"
        self.page.keyboard.press("w")
        self.page.fill("#reason", reason)
        self.take("queue-withdraw")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.go(address.removesuffix("source/").lstrip("/"))
        self.take("withdrawn", narrow=True)
        self.take_last_back()

    def correct(self) -> None:
        """Correct an article and show its history."""
        self.go("admin/queue/doubtful/")
        history = self.page.locator("a[href$='/history/']").get_attribute("href") or ""
        self.page.fill("#f-title", "عنوان مصحَّح")
        self.page.fill("#f-published", "21 تشرين الثاني 2015")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.go(history.lstrip("/"))
        self.take("desk-history", narrow=True)
        self.take_last_back()

    def change_many(self) -> None:
        """All that a search finds: the form, the preview, the act and its taking back."""
        self.go(f"admin/found/?q={quote(QUERY)}")
        self.page.fill("[name=section]", "مياه وسدود")
        self.page.fill("[name=add_tags]", "سدود")
        self.take("desk-many")
        self.press("[name=preview]")
        self.take("desk-many-preview", narrow=True)
        self.press("[name=confirm]")
        self.take("desk-act")
        self.press("a[href$='/undo/']")
        self.take("desk-undo")
        self.press("#content-main form [type=submit]")

    def edit_sheet(self) -> None:
        """A spreadsheet of what a search finds, edited and brought back, as far as the difference."""
        self.go(f"admin/found/?q={quote(QUERY)}")
        with self.page.expect_download() as fetched:
            self.page.click("a[href*='sheet.csv']")
        rows = list(csv.DictReader(io.StringIO(fetched.value.path().read_text("utf-8-sig"))))
        rows[0]["section"], rows[1]["published"], rows[2]["outlet"] = "مياه", "2015-11", "جريدة لا يعرفها أحد"
        edited = io.StringIO()
        writer = csv.DictWriter(edited, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        self.go("admin/archive/act/import/")
        sheet = edited.getvalue().encode("utf-8-sig")
        self.page.set_input_files(
            "[type=file]", {"name": "dams.csv", "mimeType": "text/csv", "buffer": sheet}
        )
        self.press("#content-main form [type=submit]")
        self.take("desk-sheet", narrow=True)

    def merge(self) -> None:
        self.go("admin/archive/outlet/")
        for place in (0, 1):
            self.page.locator(".action-select").nth(place).check()
        self.page.select_option("[name=action]", "merge")
        self.press("button[name=index]")
        self.take("desk-merge")

    def take_last_back(self) -> None:
        self.go("admin/archive/act/")
        self.press("#result_list tbody th a")
        self.press("a[href$='/undo/']")
        self.press("#content-main form [type=submit]")

    def take_run_back(self) -> None:
        self.go("admin/archive/ingestrun/")
        self.press("#result_list tbody th a")
        self.press(".object-tools a[href*='/undo/']")
        self.take("desk-run-undo")
        self.press("#content-main form [type=submit]")


def walk(browser: Browser, root: str, name: str, password: str, keep: Keep) -> None:
    """Picture the desk in both languages, as the administrator of this name."""
    for language in ("ar", "en"):
        context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]  # Playwright's own dictionary
        page = context.new_page()
        page.goto(urljoin(root, "admin/login/?next=/healthz"))
        page.fill("#id_username", name)
        page.fill("#id_password", password)
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        Walk(page, root, language, keep).all()
        context.close()
