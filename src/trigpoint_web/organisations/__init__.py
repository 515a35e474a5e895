# SPDX-License-Identifier: MIT
"""The register as the service holds it, and who belongs where."""
