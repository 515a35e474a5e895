# SPDX-License-Identifier: MIT
"""Approvals are added and never changed."""

from django.db import migrations

from trigpoint_web.audit.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    """Put the triggers on."""

    dependencies = (("releases", "0001_initial"),)
    operations = (MakeAppendOnly("releases_approval"),)
