# SPDX-License-Identifier: MIT
"""Reading the register, and who has which role."""

from trigpoint_web.organisations.queries.register import holds_on, list_care_settings_of, list_population

__all__ = ["holds_on", "list_care_settings_of", "list_population"]
