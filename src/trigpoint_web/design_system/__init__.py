# SPDX-License-Identifier: MIT
"""The look of every page: the NHS design system behind wrappers with small signatures, all shown in one gallery.

How to write a page with it is said in docs/how-to/write-a-page.md; the gallery at /design-system/ shows every part.
"""
