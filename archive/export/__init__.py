"""Articles for other programs: JSON Lines, CSV, RIS, BibTeX and CSL-JSON. Plain functions of an article."""

from archive.export.formats import ExportFormat, export_article, export_articles
from archive.export.records import FIELDS, article_record

__all__ = ["FIELDS", "ExportFormat", "article_record", "export_article", "export_articles"]
