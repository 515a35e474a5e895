# SPDX-License-Identifier: MIT
"""The only place of the core with files: readers and writers of everything Trigpoint takes in or gives out."""
