# SPDX-License-Identifier: MIT
"""Publishing as an act: drafted, checked, approved by two people, held until its moment, then on the public site."""
