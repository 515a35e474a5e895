# SPDX-License-Identifier: MIT
"""Values into ready text for the pages."""
