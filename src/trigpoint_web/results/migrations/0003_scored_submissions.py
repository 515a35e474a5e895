# SPDX-License-Identifier: MIT
"""Which signature each submission of a run was scored by; added and never changed."""

import django.db.models.deletion
from django.db import migrations, models

from trigpoint_web.audit.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    """Make the table and put the triggers on."""

    dependencies = (("results", "0002_append_only"), ("rounds", "0002_append_only"))
    operations = (
        migrations.CreateModel(
            name="ScoredSubmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was_reopened", models.BooleanField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scored", to="results.scorerun"
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.signature"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.submission"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "submission"), name="scored_once_a_run")],
            },
        ),
        MakeAppendOnly("results_scoredsubmission"),
    )
