# SPDX-License-Identifier: MIT
"""Staff surveys keep counts of answers in place of replies: no row is of anybody, and no order tells who came first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0002_append_only"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="surveyreply",
            name="survey",
        ),
        migrations.AddField(
            model_name="staffsurvey",
            name="reply_count",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="SurveyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField()),
                ("choice", models.CharField(max_length=60, null=True)),
                ("at_least", models.FloatField(null=True)),
                (
                    "missing",
                    models.CharField(
                        choices=[
                            ("not_answered", "Not answered"),
                            ("dont_know", "Don’t know"),
                            ("not_applicable", "Does not apply to us"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                ("shown_count", models.PositiveIntegerField(default=0)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="rounds.staffsurvey"
                    ),
                ),
            ],
            options={
                "ordering": ("question", "position"),
            },
        ),
        migrations.DeleteModel(
            name="SurveyAnswer",
        ),
        migrations.DeleteModel(
            name="SurveyReply",
        ),
        migrations.AddConstraint(
            model_name="surveycount",
            constraint=models.UniqueConstraint(fields=("survey", "question", "position"), name="one_count_an_answer"),
        ),
        migrations.AddConstraint(
            model_name="surveycount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_least", None), ("choice__isnull", False), ("missing", None)),
                    models.Q(("at_least__isnull", False), ("choice", None), ("missing", None)),
                    models.Q(("at_least", None), ("choice", None), ("missing__isnull", False)),
                    _connector="OR",
                ),
                name="count_of_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveycount",
            constraint=models.CheckConstraint(
                condition=models.Q(("shown_count__lte", models.F("count"))), name="shown_is_not_more"
            ),
        ),
    ]
