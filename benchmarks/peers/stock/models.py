"""The model of the tutorial's kind."""

from __future__ import annotations

from django.db import models


class Article(models.Model):
    """An article, and nothing else."""

    objects: models.Manager[Article] = models.Manager()

    outlet = models.CharField(max_length=200)
    published = models.DateTimeField(null=True)
    title = models.TextField()
    body = models.TextField()

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.title
