# SPDX-License-Identifier: MIT
"""Tags for the pages that are not written by us: those of django-allauth."""
