# SPDX-License-Identifier: MIT
"""Comments of organisations are added and never changed."""

from django.db import migrations

from trigpoint_web.audit.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    """Put the triggers on."""

    dependencies = (("releases", "0003_replies"),)
    operations = (MakeAppendOnly("releases_releasecomment"),)
