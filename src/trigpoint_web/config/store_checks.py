# SPDX-License-Identifier: MIT
"""What has to hold in the store as a whole: files are there, signatures recompute, nothing can be changed unseen."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Count, F, Max, QuerySet

from trigpoint.errors import TrigpointError
from trigpoint_web.audit.append_only import MakeAppendOnly
from trigpoint_web.config.evidence_copies import check_file
from trigpoint_web.rounds.actions.answers import recount
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import Answer, FrozenFramework, StoredFile, Submission
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.signed import find_last_answer, read_signed_states
from trigpoint_web.rounds.states import SubmissionState

_SQLITE_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
# O and A: it fires for everybody; a disabled one is as good as none.
_POSTGRESQL_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"


def check_store() -> Iterator[str]:
    """Yield every problem, a line each without anything personal; nothing when all is well."""
    yield from check_triggers()
    yield from check_files()
    yield from check_versions()
    broken = dict(_check_frameworks())
    yield from broken.values()
    for submission in _list_submissions().exclude(round__framework__in=broken).iterator(chunk_size=500):
        yield from check_counts(submission)
        yield from check_signatures(submission)


def check_triggers() -> Iterator[str]:
    """Yield the triggers that are missing or disabled of the tables to which rows are only added."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_TRIGGERS if is_sqlite else _POSTGRESQL_TRIGGERS)
        standing = {row[0] for row in cursor.fetchall()}
    endings = ("no_UPDATE", "no_DELETE") if is_sqlite else ("no_change", "no_truncate")
    for table in list_append_only_tables():
        for trigger in (f"{table}_{ending}" for ending in endings):
            if trigger not in standing:
                yield f"table {table}: the trigger {trigger} is missing, so rows can be changed"


def list_append_only_tables() -> list[str]:
    """Return the tables that the migrations make append-only."""
    migrations = MigrationLoader(None).disk_migrations.values()
    steps = (step for migration in migrations for step in migration.operations)
    return sorted({step.table for step in steps if isinstance(step, MakeAppendOnly)})


def check_files() -> Iterator[str]:
    """Yield the files of evidence that are not in the store, or not what their rows say."""
    for stored in StoredFile.objects.order_by("hash").iterator():
        if problem := check_file(stored):
            yield problem


def check_versions() -> Iterator[str]:
    """Yield the places whose answers are not versions 1, 2, 3 and so on: one in between is gone. One query."""
    places = Answer.objects.values("submission", "asked_in", "question").annotate(rows=Count("pk"), last=Max("version"))
    for place in places.exclude(rows=F("last")).order_by("submission", "asked_in", "question"):
        where = f"submission {place['submission']}, {place['asked_in']}, {place['question']}"
        yield f"{where}: {place['rows']} answers are there, and the last is version {place['last']}"


def _check_frameworks() -> Iterator[tuple[str, str]]:
    """The hashes of frozen frameworks that can't be read back, each with what is wrong."""
    for pk in FrozenFramework.objects.order_by("pk").values_list("pk", flat=True):
        try:
            read_framework(pk)
        except (TrigpointError, AssertionError) as error:
            yield pk, f"framework {pk}: its files do not give that hash ({type(error).__name__})"


def _list_submissions() -> QuerySet[Submission]:
    return Submission.objects.select_related("round", "organisation").order_by("pk")


def check_counts(submission: Submission) -> Iterator[str]:
    """Yield a count of a submission that its answers do not give. The instance is counted anew, and not saved."""
    kept = (submission.asked_count, submission.dealt_with_count)
    recount(submission, find_framework(submission))
    counted = (submission.asked_count, submission.dealt_with_count)
    if kept != counted:
        yield f"submission {submission.pk}: the row says {_said(kept)}, its answers {_said(counted)}"


def check_signatures(submission: Submission) -> Iterator[str]:
    """Yield signatures whose hash the answers do not give, or that do not cover what stands in a signed submission."""
    states = read_signed_states(submission)
    for state in states:
        signature = state.signature
        if not state.recomputes:
            yield f"signature {signature.pk}: the answers of submission {submission.pk} do not give its hash"
        if signature.answers_hash not in signature.declaration:
            yield f"signature {signature.pk}: its declaration names another hash"
    if submission.state == SubmissionState.SIGNED:
        if not states:
            yield f"submission {submission.pk}: is signed, and has no signature"
        elif states[0].signature.last_answer != find_last_answer(submission):
            yield f"submission {submission.pk}: was answered after its signature"


def _said(counts: tuple[int, int]) -> str:
    return f"{counts[1]} of {counts[0]} dealt with"
