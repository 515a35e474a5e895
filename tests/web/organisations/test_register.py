# SPDX-License-Identifier: MIT
"""Taking in a register: files in, every problem said, and the page that shows what is there."""

from __future__ import annotations

from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.core.io.ods_text import lines, trust
from tests.support.shared import shared_data
from tests.web.people import NEW_PERSON, key_in_last_mail, sign_in
from tests.web.world import NOW, make_register, make_world
from trigpoint.organisations import Organisation as RegisterLife
from trigpoint.organisations import OrganisationCode, Succession, build_register
from trigpoint.organisations import Role as Kind
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import is_set_up
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.actions import CareGiven, mirror_register
from trigpoint_web.organisations.care_file import parse_care_file
from trigpoint_web.organisations.models import CareProvided, Membership, Organisation, Placement
from trigpoint_web.organisations.models import Succession as SuccessionRow
from trigpoint_web.organisations.queries import list_care_settings_of, list_population

KNOWN = {"ZZ301", "ZZ302"}


def parse(text: str):
    return parse_care_file(text, file="care.csv", known=KNOWN)


def messages(text: str) -> list[str]:
    return [str(problem) for problem in parse(text)[1]]


def test_care_is_read_with_and_without_days():
    found, problems = parse(
        "\ufeffOrganisation,care_setting,from,to\n"
        "zz301,acute,,\nZZ301, community ,2026-04-01,2027-03-31\nZZ302,acute,,\n"
    )

    assert problems == ()
    assert found == {
        "ZZ301": (CareGiven("acute"), CareGiven("community", date(2026, 4, 1), date(2027, 3, 31))),
        "ZZ302": (CareGiven("acute"),),
    }


def test_the_columns_of_days_may_be_left_out():
    assert parse("organisation,care_setting\nZZ301,acute\n") == ({"ZZ301": (CareGiven("acute"),)}, ())


def test_every_line_that_is_wrong_is_said_with_its_number():
    assert messages(
        "organisation,care_setting,from,to\n"
        "ZZ999,acute,,\n"
        "ZZ301,,,\n"
        f"ZZ301,{'x' * 61},,\n"
        "ZZ301,acute,1 April,\n"
        "ZZ301,acute,2026-04-01,2025-04-01\n"
        "ZZ301,acute\n"
        "ZZ301,acute,,,more\n"
        "ZZ301,acute,,\n"
        "ZZ301,acute,,\n"
    ) == [
        "care.csv:2: the register has no organisation 'ZZ999'.",
        "care.csv:3: the care setting must have 1 to 60 characters.",
        "care.csv:4: the care setting must have 1 to 60 characters.",
        "care.csv:5: from is '1 April', and must be a day such as 2026-04-01, or blank.",
        "care.csv:6: the care ends on 2025-04-01, before it begins on 2026-04-01.",
        "care.csv:7: the line has more or fewer cells than the heading.",
        "care.csv:8: the line has more or fewer cells than the heading.",
        "care.csv:10: ZZ301 is said to give acute in a line above, from the same day.",
    ]


def test_headings_that_are_missing_or_unknown_are_said_before_any_line():
    assert messages("organisation,setting\nZZ999,acute\n") == [
        "care.csv:1: the heading lacks care_setting. It has: organisation, setting.",
        "care.csv:1: the columns setting are not known. Known are organisation, care_setting, from, to.",
    ]
    assert messages("") == ["care.csv:1: the heading lacks organisation and care_setting. It has: nothing."]


@pytest.mark.django_db
def test_care_with_days_counts_on_those_days_alone():
    care = {"ZZ301": (CareGiven("acute", date(2026, 4, 1), date(2027, 3, 31)), "community"), "ZZ999": ("acute",)}
    mirror_register(make_register(), care, by=None, at=NOW)
    trust = Organisation.objects.get(pk="ZZ301")

    assert list_care_settings_of([trust], on=date(2026, 3, 31)) == {"ZZ301": ("community",)}
    assert list_care_settings_of([trust], on=date(2026, 4, 1)) == {"ZZ301": ("acute", "community")}
    assert list_care_settings_of([trust], on=date(2027, 4, 1)) == {"ZZ301": ("community",)}
    assert not CareProvided.objects.filter(organisation_id="ZZ999").exists()


@pytest.mark.django_db
def test_a_register_taken_in_again_changes_organisations_and_deletes_none():
    mirror_register(make_register(), {"ZZ301": ("acute",)}, by=None, at=NOW)
    closed = RegisterLife(OrganisationCode("ZZ301"), "Merged Away", Kind.TRUST, None, date(2026, 3, 31), source="s")

    count = mirror_register(build_register([closed]), {}, by=None, at=NOW)

    assert count == 1
    assert Organisation.objects.count() == 3
    assert (Organisation.objects.get(pk="ZZ301").name, Placement.objects.count()) == ("Merged Away", 0)
    assert "ZZ301" not in [one.pk for one in list_population(date(2026, 4, 1), kinds=[], care_settings=[])]


def folder_with_trusts(folder: Path, *names: str) -> Path:
    rows = [trust(f"ZZ30{number}", name) for number, name in enumerate(names, 1)]
    (folder / "etr.csv").write_text(lines(*rows))
    return folder


@pytest.mark.django_db
def test_the_command_takes_in_a_folder_and_who_gives_which_care(tmp_path):
    folder = folder_with_trusts(tmp_path, "NORTHMOOR SYNTHETIC NHS TRUST", "EASTVALE SYNTHETIC NHS TRUST")
    care = tmp_path / "who-gives-what.txt"
    care.write_text("organisation,care_setting\nZZ301,acute\n")
    said = StringIO()

    call_command("load_register", folder, care=care, stdout=said)

    assert sorted(Organisation.objects.values_list("pk", flat=True)) == ["ZZ301", "ZZ302"]
    assert CareProvided.objects.get().care_setting == "acute"
    assert "Taken in: 2 organisations" in said.getvalue()
    assert Event.objects.get().details == {"organisations": 2, "successions": 0}


@pytest.mark.django_db
def test_nothing_is_taken_in_when_a_line_is_wrong(tmp_path):
    folder = folder_with_trusts(tmp_path, "NORTHMOOR SYNTHETIC NHS TRUST")
    care = tmp_path / "care.txt"
    care.write_text("organisation,care_setting\nZZ999,acute\nZZ998,acute\n")

    with pytest.raises(CommandError) as refused:
        call_command("load_register", folder, care=care)

    assert str(refused.value).splitlines() == [
        "care.txt:2: the register has no organisation 'ZZ999'.",
        "care.txt:3: the register has no organisation 'ZZ998'.",
    ]
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_folder_without_a_register_and_a_file_that_cannot_be_read_are_said(tmp_path):
    with pytest.raises(CommandError, match="no register file"):
        call_command("load_register", tmp_path)

    folder = folder_with_trusts(tmp_path, "NORTHMOOR SYNTHETIC NHS TRUST")
    with pytest.raises(CommandError, match=r"nowhere\.csv can't be read: FileNotFoundError"):
        call_command("load_register", folder, care=tmp_path / "nowhere.csv")
    (tmp_path / "latin.txt").write_bytes(b"organisation,care_setting\nZZ301,caf\xe9\n")
    with pytest.raises(CommandError, match="Give a text file in UTF-8"):
        call_command("load_register", folder, care=tmp_path / "latin.txt")


@pytest.mark.django_db
def test_the_real_register_is_taken_in():
    said = StringIO()

    call_command("load_register", shared_data("nhs-ods"), stdout=said)

    trusts = Organisation.objects.filter(kind=Kind.TRUST.value)
    assert trusts.count() > 200
    assert list_population(date(2025, 4, 1), kinds=[Kind.TRUST.value], care_settings=[]).count() > 190
    assert SuccessionRow.objects.exists()
    assert Placement.objects.filter(group__grouping="icb").exists()
    assert "note: " in said.getvalue()


@pytest.mark.django_db
def test_the_page_shows_when_the_register_was_taken_in_what_is_in_it_and_what_followed_what():
    world = make_world()
    register = make_register()
    gone = RegisterLife(OrganisationCode("ZZ309"), "Southdale Care", Kind.TRUST, None, date(2020, 3, 31), source="s")
    successions = [
        Succession(OrganisationCode("ZZ309"), OrganisationCode("ZZ303"), date(2020, 4, 1), 0.25),
        Succession(OrganisationCode("ZZ308"), OrganisationCode("ZZ303"), date(2019, 4, 1)),
    ]
    mirror_register(
        build_register([*register.organisations, gone], successions), {"ZZ301": ("acute",)}, by=None, at=NOW
    )

    text = unescape(sign_in(world.people[Role.ADMINISTRATOR]).get("/register/").content.decode())

    assert "3 open now, of 4 in all" in text
    assert "Southdale Care (ZZ309)" in text
    assert "ZZ308 (not in the register)" in text
    assert "25%" in text
    assert "not stated" in text
    assert "are shown" not in text


@pytest.mark.django_db
def test_an_empty_register_is_said_to_be_empty():
    administrator = User.objects.create_user("first@example.org", name="First")
    Membership.objects.create(user=administrator, role=Role.ADMINISTRATOR, started_at=NOW)

    text = sign_in(administrator).get("/register/").content.decode()

    assert "Never" in text
    assert "The register is empty." in text


@pytest.mark.django_db
def test_a_long_list_of_successions_is_cut_and_says_so():
    world = make_world()
    many = [Succession(OrganisationCode(f"ZY{n:03}"), OrganisationCode("ZZ303"), date(2019, 4, 1)) for n in range(101)]
    mirror_register(build_register(make_register().organisations, many), {}, by=None, at=NOW)

    text = sign_in(world.people[Role.ADMINISTRATOR]).get("/register/").content.decode()

    assert "The newest 100 of 101 are shown." in text


@pytest.mark.django_db
def test_the_first_administrator_is_invited_by_a_command_and_sets_up_their_account(client):
    said = StringIO()

    call_command("add_administrator", "Chief@Example.org", "Ada Chief", stdout=said)
    call_command("add_administrator", "chief@example.org", "Ada Chief", stdout=said)  # a new key
    client.post(f"/invitation/{key_in_last_mail()}/", NEW_PERSON)

    user = User.objects.get()
    assert is_set_up(user)
    assert Membership.objects.get(user=user).role == "administrator"
    assert "on its way to chief@example.org" in said.getvalue()


@pytest.mark.django_db
def test_nobody_is_made_administrator_without_address_or_name_or_with_a_closed_account():
    User.objects.create_user("closed@example.org", name="Closed")
    User.objects.update(is_active=False)

    for address, name, why in (
        ("chief", "Ada", "is not an e-mail address"),
        ("chief@example.org", " ", "Give their name"),
        ("closed@example.org", "Ada", "closed"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("add_administrator", address, name)


@pytest.mark.django_db
def test_an_administrator_by_command_may_be_somebody_who_signs_in_already():
    User.objects.create_user("ada@example.org", name="Ada", password="three unrelated words")

    call_command("add_administrator", "ada@example.org", "Another name", stdout=StringIO())

    assert User.objects.get().name == "Ada"


@pytest.mark.django_db
def test_a_population_is_drawn_by_day_type_and_care():
    mirror_register(make_register(), {"ZZ301": ("acute", "community"), "ZZ303": ("community",)}, by=None, at=NOW)

    def drawn(kind: str, *care: str) -> list[str]:
        return [one.pk for one in list_population(date(2026, 4, 1), kinds=[kind], care_settings=care)]

    assert drawn(Kind.TRUST.value) == ["ZZ301", "ZZ302", "ZZ303"]
    assert drawn(Kind.TRUST.value, "community", "acute") == ["ZZ301", "ZZ303"]
    assert drawn(Kind.ICB.value) == []


@pytest.mark.django_db
def test_rows_of_the_register_and_of_roles_say_what_they_are():
    world = make_world()
    trust = Organisation.objects.get(pk="ZZ301")
    placement = Placement.objects.get(organisation=trust)
    membership = Membership.objects.get(user=world.people[Role.LEAD])

    assert str(trust) == "Northmoor Synthetic Hospitals (ZZ301)"
    assert str(placement.group) == "Synthetic System 1"
    assert str(placement) == f"ZZ301 in {placement.group_id}"
    assert str(SuccessionRow(predecessor="A", successor="B")) == "A to B"
    assert str(CareProvided(organisation=trust, care_setting="acute")) == "ZZ301: acute"
    assert str(membership) == f"{membership.user_id}: lead"
