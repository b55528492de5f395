"""The days of a month over the sample collection: each leads to what it draws."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_archive")]


def test_month_is_drawn_by_its_days_each_leading_to_what_it_draws(client: Client) -> None:
    page = client.get("/search/", {"from": "2015-03", "to": "2015-03"})
    drawing = page.context["days"]
    assert len(drawing.rows) == 31
    assert page.context["timeline"] is None
    total = page.context["results"].total
    assert sum(row.count for row in drawing.rows) + drawing.without_day == total > 0
    for row in drawing.rows:
        if row.url:
            assert client.get(row.url).context["results"].total == row.count
    (facet,) = [facet for facet in page.context["facets"] if facet.name == "day"]
    assert [link.count for link in facet.values] == [row.count for row in drawing.rows if row.count]


def test_day_with_nothing_held_is_hatched_and_one_without_hits_is_not(client: Client) -> None:
    everything = client.get("/search/", {"from": "2015-03", "to": "2015-03"}).context["days"]
    empty = client.get("/search/", {"q": "السد", "from": "2015-03", "to": "2015-03"}).context
    if empty["results"].total:
        assert [row.held for row in empty["days"].rows] == [row.held for row in everything.rows]
    assert any(not slot.held for slot in everything.slots)
    assert all(row.held for row in everything.rows if row.count)


def test_month_leads_to_the_months_beside_it_and_a_day_has_one_chip(client: Client) -> None:
    drawing = client.get("/search/", {"from": "2015-03", "to": "2015-03"}).context["days"]
    assert "from=2015-02&to=2015-02" in drawing.earlier.url
    assert "from=2015-04&to=2015-04" in drawing.later.url
    day = next(row for row in drawing.rows if row.url)
    (chip,) = client.get(day.url).context["chips"]
    assert chip.text == day.label
