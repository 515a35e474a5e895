# SPDX-License-Identifier: MIT
"""The form that chooses peers."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from trigpoint_web.results.queries.organisation import EVERYBODY, PeerGroup


class PeersForm(forms.Form):
    """Several groups at once: a peer is whoever is in all of them."""

    peers = forms.MultipleChoiceField(
        label="Compare with those to whom all of this applies",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, groups: Sequence[PeerGroup], *, chosen: Sequence[PeerGroup]) -> None:
        super().__init__(initial={"peers": [group.key for group in chosen]})
        choices = [(group.key, group.title) for group in groups if group.key != EVERYBODY]
        self.fields["peers"].choices = choices  # type: ignore[attr-defined]
