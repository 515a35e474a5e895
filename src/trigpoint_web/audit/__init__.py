# SPDX-License-Identifier: MIT
"""What happened, who did it and when: events that are never changed."""
