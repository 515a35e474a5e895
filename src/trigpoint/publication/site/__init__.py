# SPDX-License-Identifier: MIT
"""Releases as a public site: a folder of pages that needs no server and that anyone can make again."""
