# SPDX-License-Identifier: MIT
"""The result of an analysis as a record, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from trigpoint.analysis.chart import AnalysisChart, DotChart
from trigpoint.analysis.method import Method
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, ResultTable

Record = dict[str, object]


def present_analysis(result: AnalysisResult[Any], method: Method) -> Record:
    """Return a result as a record: all that its page shows, its charts as numbers, and every unit left out."""
    return {
        "analysis": result.analysis,
        "sentence": result.sentence,
        "definition": result.definition,
        "n": result.n,
        "of": result.of,
        "rows": [asdict(row) for row in result.rows],
        "tables": [_present_table(table) for table in result.tables],
        "charts": [_present_chart(chart) for chart in result.charts],
        "assumptions": [_present_assumption(one) for one in result.checked],
        "cannot_tell": list(result.cannot_tell),
        "sources": list(method.sources),
        "left_out": [{"unit": unit, "why": why} for unit, why in result.left_out],
    }


def _present_table(table: ResultTable) -> Record:
    names = [column.name for column in table.columns]
    return {"title": table.title, "lines": [dict(zip(names, line, strict=True)) for line in table.lines]}


def _present_chart(chart: AnalysisChart) -> Record:
    return {"kind": "dots" if isinstance(chart, DotChart) else "plane", **asdict(chart)}


def _present_assumption(checked: CheckedAssumption) -> Record:
    return {"assumption": checked.assumption, "outcome": checked.outcome.value, "found": checked.found}
