# SPDX-License-Identifier: MIT
"""Answers, signatures and what else is history are added and never changed; current answers are a view of them."""

from django.db import migrations

from trigpoint_web.audit.append_only import MakeAppendOnly

APPEND_ONLY = (
    "rounds_frozenframework",
    "rounds_answer",
    "rounds_extension",
    "rounds_signature",
    "rounds_comment",
    "rounds_storedfile",
    "rounds_evidenceversion",
)

CURRENT_ANSWER = """
CREATE VIEW rounds_current_answer AS
SELECT a.* FROM rounds_answer AS a
WHERE NOT EXISTS (
    SELECT 1 FROM rounds_answer AS later
    WHERE later.submission_id = a.submission_id AND later.asked_in = a.asked_in
      AND later.question = a.question AND later.version = a.version + 1
)
"""


class Migration(migrations.Migration):
    """Put the triggers on and make the view."""

    dependencies = (("rounds", "0001_initial"),)
    operations = (
        *(MakeAppendOnly(table) for table in APPEND_ONLY),
        migrations.RunSQL(CURRENT_ANSWER, "DROP VIEW rounds_current_answer"),
    )
