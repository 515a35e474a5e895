# SPDX-License-Identifier: MIT
"""Events are added and never changed."""

from django.db import migrations

from trigpoint_web.audit.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    """Put the triggers on."""

    dependencies = (("audit", "0001_initial"),)
    operations = (MakeAppendOnly("audit_event"),)
