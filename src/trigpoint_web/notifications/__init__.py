# SPDX-License-Identifier: MIT
"""Mail, written with the change that causes it and sent after it is kept."""
