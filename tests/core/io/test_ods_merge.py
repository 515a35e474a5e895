# SPDX-License-Identifier: MIT
"""What several files say of one organisation, put together, and where they contradict each other."""

from __future__ import annotations

from datetime import date

from trigpoint.io.ods_facts import Fact, FileFacts, FileKind, Listing, Merger, OrganisationRecord
from trigpoint.io.ods_merge import merge_organisations
from trigpoint.organisations import EarlierName, Organisation, OrganisationCode, Role, Succession

RA0, RB0, RC0 = (OrganisationCode(code) for code in ("RA0", "RB0", "RC0"))
OPENED = date(1990, 4, 1)


def file(name: str, as_at: date | None, *facts: Fact) -> FileFacts:
    return FileFacts(name, FileKind.TRUSTS, as_at, len(facts), facts)


def record(
    code: OrganisationCode = RA0,
    name: str = "A TRUST",
    opened: date | None = OPENED,
    closed: date | None = None,
    **more: object,
) -> OrganisationRecord:
    return OrganisationRecord(code, name, Role.TRUST, opened, closed, **{"states_dates": True, **more})  # type: ignore[arg-type]


def listed(code: OrganisationCode = RA0, name: str = "A TRUST", *aliases: str) -> OrganisationRecord:
    """A record of a file that says nothing of dates."""
    return OrganisationRecord(code, name, Role.TRUST, aliases=aliases)


def merge(*files: FileFacts) -> tuple[dict[str, Organisation], tuple[str, ...]]:
    organisations, conflicts = merge_organisations(files)
    return {each.code: each for each in organisations}, conflicts


def merger(predecessor: OrganisationCode, successor: OrganisationCode, on: date) -> Merger:
    return Merger(Succession(predecessor, successor, on))


def test_the_latest_file_counts_whatever_order_they_come_in():
    early = file("2016", date(2016, 1, 1), record(postcode="AB1 2CD"))
    late = file("2025", date(2025, 1, 1), record(closed=date(2020, 3, 31), name="A FOUNDATION TRUST"))

    found, conflicts = merge(late, early)

    assert found["RA0"] == Organisation(
        RA0,
        "A FOUNDATION TRUST",
        Role.TRUST,
        OPENED,
        date(2020, 3, 31),
        postcode="AB1 2CD",
        earlier_names=(EarlierName("A TRUST", date(2025, 1, 1)),),
        source="2025",
    )
    assert conflicts == ()


def test_a_name_in_other_capitals_is_no_earlier_name():
    found, _ = merge(
        file("2016", date(2016, 1, 1), record(name="A & B TRUST")),
        file("2022", date(2022, 1, 1), record(name="A and B Trust")),
    )

    assert (found["RA0"].name, found["RA0"].earlier_names) == ("A and B Trust", ())


def test_a_file_without_a_date_is_the_oldest_and_dates_no_name():
    found, _ = merge(file("2016", date(2016, 1, 1), record(name="NEW")), file("undated", None, record(name="OLD")))

    assert found["RA0"].earlier_names == (EarlierName("OLD", date(2016, 1, 1)),)
    assert merge(file("a", None, record(name="OLD")), file("b", None, record(name="NEW")))[0]["RA0"].earlier_names == ()


def test_files_that_say_nothing_of_dates_add_aliases_and_change_nothing_else():
    found, conflicts = merge(
        file("2016", date(2016, 1, 1), record(closed=date(2020, 3, 31))),
        file("types", date(2019, 1, 1), listed(RA0, "A Trust", "AT", "Ay Trust"), listed(RB0, "B Trust", "BT")),
        file("more", date(2019, 6, 1), listed(RB0, "Bee Trust")),
    )

    assert (found["RA0"].closed_on, found["RA0"].aliases) == (date(2020, 3, 31), ("AT", "Ay Trust"))
    assert (found["RB0"].name, found["RB0"].aliases, found["RB0"].opened_on) == ("Bee Trust", ("B Trust", "BT"), None)
    assert found["RB0"].earlier_names == ()
    assert conflicts == ()


def test_two_lives_that_do_not_touch_are_two_organisations_and_aliases_go_to_the_later():
    old = record(name="OLD", closed=date(1999, 3, 31))
    new = record(name="NEW", opened=date(2005, 4, 1))

    for facts in ((old, new), (new, old)):
        organisations, conflicts = merge_organisations(
            [file("2016", date(2016, 1, 1), *facts), file("types", date(2019, 1, 1), listed(RA0, "Newer"))]
        )

        assert [(life.name, life.aliases) for life in organisations] == [("OLD", ()), ("NEW", ("Newer",))]
        assert conflicts == ()


def test_different_openings_and_closings_are_conflicts():
    _, conflicts = merge(
        file("2016", date(2016, 1, 1), record(), record(RB0, closed=date(2015, 3, 31))),
        file("2022", date(2022, 1, 1), record(opened=date(1991, 4, 1)), record(RB0, closed=date(2015, 9, 30))),
    )

    assert conflicts == (
        "RA0 opened on 1990-04-01 in 2016, on 1991-04-01 in 2022; the later file counts",
        "RB0 is closed on 2015-03-31 in 2016, closed on 2015-09-30 in 2022; the later file counts",
    )


def test_closed_in_one_and_open_in_a_later_one_is_a_conflict_and_the_later_counts():
    found, conflicts = merge(
        file("2016", date(2016, 1, 1), record(closed=date(2015, 3, 31))), file("2022", date(2022, 1, 1), record())
    )

    assert found["RA0"].closed_on is None
    assert conflicts == ("RA0 is closed on 2015-03-31 in 2016, open in 2022; the later file counts",)


def test_open_in_a_file_taken_after_the_closing_is_a_conflict():
    closed = record(closed=date(2015, 3, 31))

    _, conflicts = merge(
        file("2016", date(2016, 1, 1), record()),
        file("types", date(2017, 1, 1), listed()),
        file("list", date(2018, 1, 1), Listing(RA0), Listing(RB0)),
        file("early", date(2015, 1, 1), record()),
        file("undated", None, record()),
        file("2022", date(2022, 1, 1), closed),
    )

    assert conflicts == tuple(
        f"RA0 is open in {name} (as at {as_at}), but closed on 2015-03-31 in another file"
        for name, as_at in (("2016", "2016-01-01"), ("types", "2017-01-01"), ("list", "2018-01-01"))
    )


def test_a_merger_closes_the_predecessor_the_day_before_and_opens_a_successor_that_only_it_knows():
    found, conflicts = merge(
        file("2022", date(2022, 1, 1), record(RA0)),
        file("mergers", date(2026, 1, 1), listed(RB0, "Both"), merger(RA0, RB0, date(2026, 4, 1))),
    )

    assert found["RA0"].closed_on == date(2026, 3, 31)
    assert found["RB0"].opened_on == date(2026, 4, 1)
    assert conflicts == ()


def test_a_successor_that_other_files_know_keeps_its_opening_known_or_not():
    found, _ = merge(
        file("2022", date(2022, 1, 1), record(RA0), record(RB0), listed(RC0)),
        file(
            "mergers",
            date(2026, 1, 1),
            listed(RB0),
            listed(RC0),
            merger(RA0, RB0, date(2026, 4, 1)),
            merger(RA0, RC0, date(2026, 4, 1)),
        ),
    )

    assert (found["RB0"].opened_on, found["RC0"].opened_on) == (OPENED, None)


def test_the_first_of_two_mergers_opens_the_successor():
    found, _ = merge(
        file("mergers", None, listed(RC0), merger(RA0, RC0, date(2020, 4, 1)), merger(RB0, RC0, date(2026, 4, 1)))
    )

    assert found["RC0"].opened_on == date(2020, 4, 1)


def test_a_merger_that_agrees_with_the_closing_to_the_day_is_no_conflict_and_another_is():
    mergers = file("mergers", date(2026, 1, 1), listed(RB0), merger(RA0, RB0, date(2020, 4, 1)))

    _, agrees = merge(file("2022", date(2022, 1, 1), record(closed=date(2020, 4, 1))), mergers)
    found, differs = merge(file("2022", date(2022, 1, 1), record(closed=date(2021, 4, 1))), mergers)

    assert agrees == ()
    assert found["RA0"].closed_on == date(2021, 4, 1)
    (said,) = differs
    assert said.startswith(
        "RA0 ends on 2020-03-31 by the merger in mergers, but lives 1990-04-01 to 2021-04-01 in 2022"
    )


def test_a_merger_before_the_predecessor_opened_closes_nothing_and_is_a_conflict():
    found, conflicts = merge(
        file("2022", date(2022, 1, 1), record(opened=date(2021, 4, 1))),
        file("mergers", date(2026, 1, 1), listed(RB0), merger(RA0, RB0, date(2020, 4, 1))),
    )

    assert found["RA0"].closed_on is None
    assert "lives 2021-04-01 to now in 2022" in conflicts[0]


def test_a_name_of_the_predecessor_is_no_alias_of_the_successor():
    found, _ = merge(
        file("2022", date(2022, 1, 1), record(RA0, "Ashwick Trust")),
        file("mergers", None, listed(RB0, "Both Trust", "Ashwick", "Both"), merger(RA0, RB0, date(2026, 4, 1))),
    )

    assert found["RB0"].aliases == ("Both",)
