# SPDX-License-Identifier: MIT
"""Links that are taken as evidence, and those that are refused with a sentence that says why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint_web.rounds.evidence_links import LONGEST_LINK, LinkRefused, check_link


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/policy?year=2026#aims", "https://example.org/policy?year=2026#aims"),
        (" http://intranet.example.org:8080/x ", "http://intranet.example.org:8080/x"),
        ("HTTPS://EXAMPLE.ORG/Policy", "https://example.org/Policy"),
        ("https://example.org", "https://example.org"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        # A look-alike in Cyrillic letters stands there as what it is.
        ("https://\u0435xample.org/", "https://xn--xample-2of.org/"),
    ],
)
def test_a_link_is_kept_with_its_host_in_plain_letters(typed, kept):
    assert check_link(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("javascript:alert(1)", "must begin with https:// or http://"),
        ("data:text/html,<script>alert(1)</script>", "must begin with"),
        ("ftp://example.org/x", "must begin with"),
        ("file:///etc/passwd", "must begin with"),
        ("example.org/policy", "must begin with"),
        ("//example.org/policy", "must begin with"),
        ("", "must begin with"),
        ("https://", "does not say a host"),
        ("https:///path", "does not say a host"),
        ("https://example.org:0/", "does not say a host"),
        ("https://ann:secret@example.org/", "user name or password"),
        ("https://ann@example.org/", "user name or password"),
        ("https://example.org:https/", "not the address of a page"),
        ("https://[::1/", "not the address of a page"),
        ("https://exa mple.org/", "spaces or backslashes"),
        ("https://example.org\\@evil.example/", "spaces or backslashes"),
        ("https://example.org/\u202egpj", "spaces or backslashes"),
        ("https://example.org/\x00", "spaces or backslashes"),
        (f"https://{'a' * 64}.org/", "not one that exists"),
        ("https://exa<mple.org/", "not one that exists"),
        (f"https://example.org/{'a' * LONGEST_LINK}", "characters. It can have 1,000"),
    ],
)
def test_other_links_are_refused(typed, said):
    with pytest.raises(LinkRefused) as refused:
        check_link(typed)

    assert said in str(refused.value)


def test_a_link_that_grows_too_long_in_plain_letters_is_refused():
    host = ".".join(["ä" * 10] * 5)
    typed = f"https://{host}/".ljust(LONGEST_LINK, "a")

    with pytest.raises(LinkRefused, match="too long"):
        check_link(typed)


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://example.org/", "https://[", "https://a:"]))
def test_any_text_is_a_link_or_refused_and_what_is_kept_is_kept_again(text, begins):
    try:
        kept = check_link(begins + text)
    except LinkRefused:
        return
    assert kept.startswith(("https://", "http://"))
    assert check_link(kept) == kept
