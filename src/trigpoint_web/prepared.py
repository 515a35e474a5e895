# SPDX-License-Identifier: MIT
"""Queries that are put into SQL once and then only given their values.

Django works out the SQL of a query each time, which takes several times as long as the database needs to answer. For
the few queries of every save and every page that is most of the time a person waits. The query stays a query set of
Django's, and what comes back are its rows; only the working out is kept, for each thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)

# Stand in for the values while the SQL is worked out, and are found again among its parameters.
_STANDINS: dict[type, Callable[[int], Any]] = {
    int: lambda at: -987_654_321_000 - at,
    str: lambda at: f"stand-in {at}",
    date: lambda at: date(1, 1, 1 + at),
}


@dataclass(frozen=True, slots=True)
class _Worked:
    """A query as it was worked out. takes: for each parameter the position of a value, or the parameter itself."""

    compiler: Any
    sql: str
    takes: tuple[tuple[bool, Any], ...]
    converters: Any


class PreparedQuery(Generic[Row]):
    """A query with values left open. build: makes the query set of the values; takes: the type of each value.

    The values may stand anywhere in the query where a database takes a parameter, each where it is given, unchanged.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row, Any]], *takes: type) -> None:
        self.build, self.takes = build, takes
        self._kept = threading.local()

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the columns of each row, for a query of values."""
        worked = self._worked()
        with connection.cursor() as cursor:
            cursor.execute(worked.sql, [_adapt(values[one] if is_value else one) for is_value, one in worked.takes])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if worked.converters:
            found = [tuple(row) for row in worked.compiler.apply_converters(found, worked.converters)]
        return found

    def instances(self, *values: Any) -> list[Row]:
        """Return the rows as models, with what the query fetches along with them."""
        compiler = self._worked().compiler
        # As django.db.models.query.ModelIterable does.
        fields = compiler.klass_info["select_fields"]
        begin, end = fields[0], fields[-1] + 1
        names = [column[0].target.attname for column in compiler.select[begin:end]]
        populators = get_related_populators(  # type: ignore[call-arg]  # the types are of Django 6
            compiler.klass_info, compiler.select, connection.alias
        )
        model: type[Row] = compiler.klass_info["model"]
        found = []
        for row in self.rows(*values):
            one = model.from_db(connection.alias, names, row[begin:end])
            for populator in populators:
                populator.populate(row, one)
            found.append(one)
        return found

    def first(self, *values: Any) -> Row | None:
        """Return the first row as a model, None when there is none."""
        return next(iter(self.instances(*values)), None)

    def _worked(self) -> _Worked:
        kept: dict[str, _Worked] | None = getattr(self._kept, "by_vendor", None)
        if kept is None:
            kept = self._kept.by_vendor = {}
        if connection.vendor not in kept:
            kept[connection.vendor] = self._work_out()
        return kept[connection.vendor]

    def _work_out(self) -> _Worked:
        standins = [_STANDINS[kind](position) for position, kind in enumerate(self.takes)]
        compiler = self.build(*standins).query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        adapted = [_adapt(one) for one in standins]
        takes = tuple(_take(adapted, parameter) for parameter in parameters)
        missing = set(range(len(standins))) - {one for is_value, one in takes if is_value}
        assert not missing, f"values {missing} of a prepared query are not among its parameters"
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Worked(compiler, sql, takes, converters)


def _take(standins: Sequence[Any], parameter: Any) -> tuple[bool, Any]:
    return (True, standins.index(parameter)) if parameter in standins else (False, parameter)


def _adapt(value: Any) -> Any:
    """A value as the database driver takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class PreparedWrite:
    """An INSERT of a whole row, or an UPDATE of some columns of one, put into SQL once.

    updates: the names of the fields to update; none for an insert, which leaves the key to the database.
    """

    def __init__(self, model: type[models.Model], *updates: str) -> None:
        options = model._meta
        columns = [one for one in options.concrete_fields if not one.primary_key]
        self.fields = [one for one in columns if one.name in updates] if updates else columns
        assert not updates or len(self.fields) == len(updates), f"{model.__name__} has not all of {updates}"
        quoted = [f'"{field.column}"' for field in self.fields]
        if updates:
            set_to = ", ".join(f"{column} = %s" for column in quoted)
            self.sql = f'UPDATE "{options.db_table}" SET {set_to} WHERE "{options.pk.column}" = %s'
        else:
            marks = ", ".join(["%s"] * len(quoted))
            self.sql = f'INSERT INTO "{options.db_table}" ({", ".join(quoted)}) VALUES ({marks})'
        self.is_update = bool(updates)

    def write(self, row: models.Model) -> None:
        """Write the row. Constraints of the database hold as ever, and raise IntegrityError."""
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in self.fields]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*values, row.pk] if self.is_update else values)
