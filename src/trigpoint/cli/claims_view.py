# SPDX-License-Identifier: MIT
"""Claims and their results as records for JSON and as text for reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from trigpoint.analysis.claims import Claim, ClaimResult, ClaimsFile, Outcome, Verdict
from trigpoint.analysis.claims.computed import PlaceRange, Value
from trigpoint.analysis.claims.model import Stated
from trigpoint.analysis.claims.wording import definition_words

Record = dict[str, object]


def present_result(result: ClaimResult) -> Record:
    """Return a result as a record: verdict, numbers, the definition that works, and all else that was tried."""
    plain = _outcome(result.plain)
    return {
        "id": result.id,
        "source": result.source,
        "statement": result.statement,
        "stated": [stated_value(number) for number in result.stated],
        "verdict": result.verdict.value,
        "computed": plain["computed"],
        "values": plain["values"],
        "n": plain["n"],
        "definition": result.plain.words,
        "definition_that_works": result.works,
        "note": plain["note"],
        "reason": result.plain.reason or None,
        "alternatives": [_outcome(one) for one in result.alternatives],
        "slips": [_outcome(one) for one in result.slips],
        "comment": result.comment,
    }


def present_claim(claim: Claim) -> Record:
    """Return a claim as a record, not worked out."""
    return {
        "id": claim.id,
        "source": claim.source,
        "statement": claim.statement,
        "stated": [stated_value(number) for number in claim.stated],
        "definition": definition_words(claim.definition),
        "alternatives": [one.reading for one in claim.alternatives],
    }


def stated_text(stated: Sequence[Stated]) -> str:
    """Return stated values as they were printed; "?" for one that can't be read."""
    return ", ".join("?" if number is None else str(number) for number in stated)


def result_row(result: ClaimResult) -> tuple[str, str, str, str, str]:
    """Return what a table shows of a result: id, verdict, statement, stated, computed with what to know about it."""
    computed = [result.plain.computed.text] if result.plain.computed else []
    told = "\n".join([*computed, *filter(None, [remark(result)])])
    return result.id, result.verdict.value, result.statement, stated_text(result.stated), told


def remark(result: ClaimResult) -> str:
    """Return why a verdict is not a plain yes: the reading that works, that none does, or what is missing."""
    if result.verdict is Verdict.NOT_TESTABLE:
        return result.plain.reason
    if result.verdict is Verdict.NEARLY:
        working = next(one for one in result.alternatives if one.is_reproduced)
        return f"only so: {working.reading}"
    if result.verdict is Verdict.NO:
        slip = next((one for one in result.slips if one.is_reproduced), None)
        tried = f"in none of {1 + len(result.alternatives)} readings"
        return f"{tried}; a slip would give it: {slip.reading}" if slip else tried
    return ""


def count_line(results: Sequence[ClaimResult]) -> str:
    """Return how many claims got each verdict, in one line."""
    counts = Counter(result.verdict for result in results)
    parts = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict)
    return f"{len(results)} {'claim' if len(results) == 1 else 'claims'}: {parts}."


def detail_lines(result: ClaimResult, file: ClaimsFile) -> Iterator[str]:
    """Yield everything about one result, line by line."""
    yield f"{result.id}: {result.verdict.value}"
    yield f"  {result.statement}"
    yield f"  source: {file.source.title} ({file.source.where})"
    yield f"  stated: {stated_text(result.stated)}"
    for title, outcomes in (("reading", (result.plain, *result.alternatives)), ("slip", result.slips)):
        for outcome in outcomes:
            yield f"  {title}: {outcome.reading}: {_told(outcome)}"
            yield f"    {outcome.words}"
    if result.comment:
        yield f"  comment: {result.comment}"


def stated_value(number: Stated) -> object:
    """Return a stated value for JSON."""
    return float(number) if isinstance(number, Decimal) else number


def _told(outcome: Outcome) -> str:
    if outcome.computed is None:
        return outcome.reason
    n = " and ".join(map(str, outcome.computed.n))
    told = (
        f"{outcome.computed.text} (n = {n}; {outcome.computed.note})"
        if outcome.computed.note
        else (f"{outcome.computed.text} (n = {n})")
    )
    marks = {True: "gives it", False: "does not give it", None: outcome.reason}
    return f"{told}: {marks[outcome.is_reproduced]}"


def _outcome(outcome: Outcome) -> Record:
    computed = outcome.computed
    return {
        "reading": outcome.reading,
        "definition": outcome.words,
        "computed": computed.text if computed else None,
        "values": [_number(value) for value in computed.values] if computed else None,
        "n": list(computed.n) if computed else None,
        "note": (computed.note or None) if computed else None,
        "gives_it": outcome.is_reproduced,
        "reason": outcome.reason or None,
    }


def _number(value: Value) -> object:
    if isinstance(value, PlaceRange):
        return [value.first, value.last]
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value
