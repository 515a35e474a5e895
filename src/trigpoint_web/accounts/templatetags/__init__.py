# SPDX-License-Identifier: MIT
"""What the pages of django-allauth ask of us."""
