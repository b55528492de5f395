"""Articles for other programs: JSON Lines, CSV, RIS, BibTeX, CSL-JSON, text, PDF; single or in sets."""

from archive.export.about import About
from archive.export.formats import ExportFormat, export_article
from archive.export.records import FIELDS, article_record

__all__ = ["FIELDS", "About", "ExportFormat", "article_record", "export_article"]
