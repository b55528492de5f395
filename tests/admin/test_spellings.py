"""The list of spellings on the curation desk, and how it keeps up with the project's list."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from search.models import SpellingGroup
from search.variants.keeping import take_over
from search.variants.shipped import ShippedGroup, shipped_groups

pytestmark = pytest.mark.django_db

LIST = reverse("admin:search_spellinggroup_changelist")
ADD = reverse("admin:search_spellinggroup_add")


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("amina", password="a long enough password"))
    client.get(LIST, {"lang": "en"})
    return client


def shipped(*spellings: str, kind: str = "place") -> ShippedGroup:
    """A group as the project's list gives it."""
    return ShippedGroup(kind, spellings)


def row(name: str) -> SpellingGroup:
    """The group that begins with a spelling."""
    return SpellingGroup.objects.get(spellings__startswith=name)


@pytest.fixture
def own_list() -> None:
    """A short list instead of the project's."""
    SpellingGroup.objects.all().delete()
    take_over([shipped("زنكوش", "زنقوش"), shipped("غبريط", "جبريط", kind="person")])


def test_list_comes_with_the_tables() -> None:
    assert SpellingGroup.objects.filter(in_use=True).count() == len(shipped_groups())


def test_migrating_again_changes_nothing() -> None:
    before = list(SpellingGroup.objects.values_list("pk", "changed"))
    call_command("migrate", verbosity=0)
    assert list(SpellingGroup.objects.values_list("pk", "changed")) == before


@pytest.mark.usefixtures("own_list")
class TestTheProjectsListGrows:
    def test_new_groups_come_in(self) -> None:
        assert (
            take_over([shipped("زنكوش", "زنقوش"), shipped("غبريط", "جبريط"), shipped("ثاليس", "طاليس")]) == 1
        )
        assert row("ثاليس").in_use

    def test_new_spellings_come_in(self) -> None:
        take_over([shipped("زنكوش", "زنقوش", "زنغوش"), shipped("غبريط", "جبريط", kind="person")])
        assert row("زنكوش").texts == ["زنكوش", "زنقوش", "زنغوش"]

    def test_what_a_curator_changed_stays(self) -> None:
        SpellingGroup.objects.filter(pk=row("زنكوش").pk).update(spellings="زنكوش\nزنكش", edited=True)
        take_over([shipped("زنكوش", "زنقوش", "زنغوش")])
        assert row("زنكوش").texts == ["زنكوش", "زنكش"]

    def test_what_a_curator_switched_off_stays_off(self) -> None:
        SpellingGroup.objects.filter(pk=row("زنكوش").pk).update(in_use=False)
        take_over([shipped("زنكوش", "زنقوش", "زنغوش")])
        assert not row("زنكوش").in_use

    def test_what_the_project_dropped_goes(self) -> None:
        take_over([shipped("زنكوش", "زنقوش")])
        assert not SpellingGroup.objects.filter(spellings__startswith="غبريط").exists()

    def test_what_the_project_dropped_and_a_curator_changed_is_the_archives_own(self) -> None:
        SpellingGroup.objects.filter(pk=row("غبريط").pk).update(edited=True)
        take_over([shipped("زنكوش", "زنقوش")])
        assert row("غبريط").shipped_as == ""

    def test_what_the_project_dropped_and_a_curator_switched_off_is_remembered(self) -> None:
        SpellingGroup.objects.filter(pk=row("غبريط").pk).update(in_use=False)
        take_over([shipped("زنكوش", "زنقوش")])
        take_over([shipped("زنكوش", "زنقوش"), shipped("غبريط", "جبريط")])
        assert not row("غبريط").in_use

    def test_group_that_spells_what_a_curators_group_spells_comes_in_switched_off(self) -> None:
        SpellingGroup.objects.create(spellings="طاليس\nتاليس")
        take_over([shipped("زنكوش", "زنقوش"), shipped("غبريط", "جبريط"), shipped("ثاليس", "طاليس")])
        assert not row("ثاليس").in_use
        assert row("طاليس").in_use


@pytest.mark.usefixtures("own_list")
class TestTheDesk:
    def test_group_is_found_by_any_spelling_typed_without_hamza(self, desk: Client) -> None:
        SpellingGroup.objects.create(spellings="أمريكاس\nأميركاس")
        assert desk.get(LIST, {"q": "اميركاس"}).context["cl"].result_count == 1
        assert desk.get(LIST, {"q": "زنقوش"}).context["cl"].result_count == 1

    def test_own_group_is_added(self, desk: Client) -> None:
        answer = desk.post(ADD, {"spellings": "ثاليس\n طاليس ", "kind": "person", "in_use": "on"})
        assert answer.status_code == 302
        group = row("ثاليس")
        assert (group.texts, group.kind, group.shipped_as) == (["ثاليس", "طاليس"], "person", "")

    @pytest.mark.parametrize("between", ["\r\n", " = ", "، ", ", "])
    def test_spellings_may_stand_between_other_signs(self, desk: Client, between: str) -> None:
        desk.post(ADD, {"spellings": f"ثاليس{between}طاليس", "kind": "person", "in_use": "on"})
        assert row("ثاليس").texts == ["ثاليس", "طاليس"]

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            pytest.param("ثاليس", "at least two spellings", id="one"),
            pytest.param("ثاليس\nثاليس", "at least two spellings", id="one twice"),
            pytest.param("", "مطلوب", id="none"),
            pytest.param("ثاليس\nThales", "no Arabic letters", id="Latin"),
            pytest.param("ثاليس\n!!", "no Arabic letters", id="signs"),
            pytest.param("إثاليس\nاثاليس", "found together anyway", id="hamza only"),
            pytest.param("ثاليس\nفي", "particle", id="a particle"),
            pytest.param("ثاليس\nهذا ليس اسم أحد من الناس", "longer than 4 words", id="a sentence"),
            pytest.param("ثاليس\nزنقوش", "already stands in another group", id="of another group"),
        ],
    )
    def test_what_cannot_be_a_group_is_explained(self, desk: Client, typed: str, says: str) -> None:
        answer = desk.post(ADD, {"spellings": typed, "kind": "person", "in_use": "on"})
        assert answer.status_code == 200
        assert says in " ".join(answer.context["adminform"].errors["spellings"])
        assert not SpellingGroup.objects.filter(spellings__startswith="ثاليس").exists()

    def test_group_that_is_not_in_use_may_repeat_another(self, desk: Client) -> None:
        desk.post(ADD, {"spellings": "ثاليس\nزنقوش", "kind": "person"})
        assert not row("ثاليس").in_use

    def test_change_marks_the_group_as_changed(self, desk: Client) -> None:
        address = reverse("admin:search_spellinggroup_change", args=[row("زنكوش").pk])
        desk.post(address, {"spellings": "زنكوش\nزنكش", "kind": "place", "in_use": "on"})
        assert row("زنكوش").edited
        assert "changed here" in desk.get(LIST, {"from": "edited"}).content.decode()

    def test_group_of_the_list_cannot_be_deleted_and_an_own_one_can(self, desk: Client) -> None:
        own = SpellingGroup.objects.create(spellings="ثاليس\nطاليس")
        for group, status in ((row("زنكوش"), 403), (own, 302)):
            address = reverse("admin:search_spellinggroup_delete", args=[group.pk])
            assert desk.post(address, {"post": "yes"}).status_code == status

    def test_groups_are_switched_off_and_on(self, desk: Client) -> None:
        chosen = {"_selected_action": [row("زنكوش").pk]}
        desk.post(LIST, {"action": "switch_off", **chosen})
        assert not row("زنكوش").in_use
        desk.post(LIST, {"action": "switch_on", **chosen})
        assert row("زنكوش").in_use
        assert not row("زنكوش").edited

    def test_group_is_not_switched_on_beside_one_that_says_otherwise(self, desk: Client) -> None:
        other = SpellingGroup.objects.create(spellings="ثاليس\nزنقوش", in_use=False)
        answer = desk.post(LIST, {"action": "switch_on", "_selected_action": [other.pk]}, follow=True)
        assert not row("ثاليس").in_use
        assert "already stands in another group" in answer.content.decode()

    @pytest.mark.parametrize("origin", ["list", "edited", "own"])
    def test_lists_by_origin_and_kind_open(self, desk: Client, origin: str) -> None:
        assert (
            desk.get(LIST, {"from": origin, "kind__exact": "place", "in_use__exact": "1"}).status_code == 200
        )
