# SPDX-License-Identifier: MIT
"""Who may see the results of an organisation or of a round, and when: one rule for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trigpoint_web.accounts.roles import PERMISSIONS_OF, SCOPE_OF, Permission, Role, Scope, allows
from trigpoint_web.rounds.states import RoundState

_NOT_OVER = frozenset({RoundState.DRAFT, RoundState.OPEN})


class ResultsState(Enum):
    """What a person gets to see: the results, why there are none yet, or that there is no such page."""

    SHOWN = "shown"
    NOT_CLOSED = "not closed"
    NOT_SIGNED = "not signed"
    NOT_COMPUTED = "not computed"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class ResultsOf:
    """What there is of an organisation in a round. is_computed: the newest finished run has it."""

    round_state: str
    is_signed: bool
    is_computed: bool


def find_results_state(roles: frozenset[Role], there: ResultsOf) -> ResultsState:
    """Return what somebody with these roles at a submission sees of its results.

    The people of the organisation, and those who compute results, see them once the round has closed; its system and
    analysts see them once the round is published, and until then not even that there are any.
    """
    if not _is_inside(roles):
        is_there = there.round_state == RoundState.PUBLISHED and there.is_signed and there.is_computed
        return ResultsState.SHOWN if is_there and allows(roles, Permission.VIEW_RESULTS) else ResultsState.HIDDEN
    if there.round_state in _NOT_OVER:
        return ResultsState.NOT_CLOSED
    if not there.is_signed:
        return ResultsState.NOT_SIGNED
    return ResultsState.SHOWN if there.is_computed else ResultsState.NOT_COMPUTED


def _is_inside(roles: frozenset[Role]) -> bool:
    own = (role for role in roles if SCOPE_OF[role] is Scope.ORGANISATION)
    sees_own = any(Permission.VIEW_RESULTS in PERMISSIONS_OF[role] for role in own)
    return sees_own or (allows(roles, Permission.COMPUTE_RESULTS) and allows(roles, Permission.VIEW_RESULTS))


def find_national_state(roles: frozenset[Role], *, round_state: str, is_computed: bool) -> ResultsState:
    """Return what somebody who may see the nation sees of a round: those who compute it once it has closed, others
    once it is published.
    """
    if round_state in _NOT_OVER:
        return ResultsState.NOT_CLOSED
    if round_state != RoundState.PUBLISHED and not allows(roles, Permission.COMPUTE_RESULTS):
        return ResultsState.NOT_CLOSED
    return ResultsState.SHOWN if is_computed else ResultsState.NOT_COMPUTED
