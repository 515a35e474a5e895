# SPDX-License-Identifier: MIT
"""Rules of the service: where rows are written and read, which pages are open to anybody, what is logged."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.repository.house import Offence, SourceFile, list_python, list_texts, made_up, messages, require_no_offence

SERVICE = ("src", "trigpoint_web")
# Only a manager or query set has these; a dict's or hash's update() and delete() of a client are told apart below.
WRITES_OF_MANAGERS = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "select_for_update",
    "update",
    "update_or_create",
}
# What a row has itself. A form's save() is forbidden as well: it is a write that no action wrote down.
WRITES_OF_ROWS = {"save", "delete"}
WRITES_ELSEWHERE: dict[str, str] = {}
# Rows that are fetched: what comes from one of these is a query set.
QUERIES = {"objects", "all", "filter", "exclude", "order_by", "select_related", "_default_manager", "_base_manager"}
# What has save() and delete() and is no row.
NO_ROWS = re.compile(r"(^|[._])(store|storage|session|archive|workbook|super\(\))$")
SIGNED_IN = {"login_required"}
# Pages for people who have not signed in, each for a reason.
PUBLIC_PAGES = {
    "show_accessibility_statement": "anybody may read it",
    "show_how_it_is_run": "anybody may read it",
    "show_gallery": "made-up parts alone, and off by default",
    "sign_in_as_demo_person": "made-up people alone, and off by default",
    "show_invitation": "opened by the key in a mail, before there is an account",
    "question": "keeps what was typed before it sends to sign in",
    "question_save": "tells a script that it is signed out, instead of sending it to a page",
    "survey_reply.reply": "staff reply without an account, by the key in the link",
    "survey_reply.thank": "staff reply without an account, by the key in the link",
    "published.published": "published results are for everybody",
    "published.release_schedule": "when results will be published is announced to everybody",
}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def is_service(source: SourceFile) -> bool:
    return source.path.parts[:2] == SERVICE


def may_write(source: SourceFile) -> bool:
    """Say whether rows may be written there: actions, migrations, and a manager's own way of making a row."""
    parts = source.path.with_suffix("").parts
    return bool({"actions", "migrations"} & set(parts)) or parts[-1] == "models" or str(source.path) in WRITES_ELSEWHERE


def find_writes(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node.func):
            what = f"{ast.unparse(node.func.value)[-40:]}.{node.func.attr}()"
            yield source.offence(node.lineno, f"{what} writes a row: that is the work of an action")


def is_write(called: ast.Attribute) -> bool:
    """Say whether a method that is called writes rows, from its name and what it is called on."""
    receiver = called.value
    if called.attr in WRITES_OF_MANAGERS and is_query(receiver):
        return True
    if called.attr not in WRITES_OF_ROWS or isinstance(receiver, ast.Subscript | ast.Constant):
        return False
    return not NO_ROWS.search(ast.unparse(receiver).lower())


def is_query(receiver: ast.expr) -> bool:
    """Say whether an expression comes from a manager: Round.objects, round.answers.filter(...), and so on."""
    while isinstance(receiver, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(receiver, ast.Attribute) and receiver.attr in QUERIES:
            return True
        receiver = receiver.func if isinstance(receiver, ast.Call) else receiver.value
    return False


def is_for_showing(source: SourceFile) -> bool:
    """Say whether a module only turns values into what is shown."""
    parts = source.path.with_suffix("").parts
    return is_service(source) and bool({"presenters", "templatetags"} & set(parts))


def find_queries(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield source.offence(node.lineno, f"{ast.unparse(node)} asks the database: queries are asked before")
        if isinstance(node, ast.ImportFrom) and node.module == "django.db":
            yield source.offence(node.lineno, "imports django.db: what is shown is made from values")


def find_queries_in_template(source: SourceFile) -> Iterator[Offence]:
    asked = re.compile(r"\.objects\b|\.(?:all|filter|exclude|count|exists|first|select_related|order_by)\s*\(")
    for number, line in enumerate(source.lines, 1):
        for tag in re.findall(r"\{[{%].*?[%}]\}", line):
            if found := asked.search(tag):
                yield source.offence(number, f"{found[0]} may ask the database: a template gets ready text")


def find_open_pages(source: SourceFile) -> Iterator[Offence]:
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and is_page(node) and not is_behind_sign_in(node):
            is_listed = bool({node.name, f"{source.path.stem}.{node.name}"} & set(PUBLIC_PAGES))
            if not is_listed:
                yield source.offence(node.lineno, f"{node.name} is open to anybody: login_required, or list it here")


def is_page(function: ast.FunctionDef) -> bool:
    """Say whether a function is a page: public, its first parameter is the request, and it says which methods it takes.

    What a page calls has no decorator for methods, so a page without one is caught by the ladders: PUT must be 405.
    """
    names = [argument.arg for argument in function.args.args]
    decorators = " ".join(map(ast.unparse, function.decorator_list))
    return not function.name.startswith("_") and names[:1] == ["request"] and "require_" in decorators


def is_behind_sign_in(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).split(".")[-1] in SIGNED_IN for decorator in function.decorator_list)


def find_loose_words_in_logs(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="logger" | "log"), attr=level), args=[first, *_]):
                if level in LEVELS and not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    yield source.offence(node.lineno, "logs words put together: a line of the log has fixed words")


def test_only_actions_write_rows() -> None:
    require_no_offence(find_writes, (one for one in list_python("src") if is_service(one) and not may_write(one)))


def test_presenters_and_tags_ask_the_database_nothing() -> None:
    require_no_offence(find_queries, filter(is_for_showing, list_python("src")))


def test_templates_ask_the_database_nothing() -> None:
    templates = [one for one in list_texts() if is_service(one) and one.path.suffix in {".jinja", ".html"}]
    require_no_offence(find_queries_in_template, templates)


def test_every_page_is_for_people_who_signed_in_or_is_listed_with_its_reason() -> None:
    pages = [one for one in list_python("src") if is_service(one)]

    require_no_offence(find_open_pages, pages)


def test_every_public_page_is_still_a_page() -> None:
    there = set()
    for source in list_python("src"):
        for node in source.tree.body if is_service(source) else []:
            if isinstance(node, ast.FunctionDef) and is_page(node) and not is_behind_sign_in(node):
                there |= {node.name, f"{source.path.stem}.{node.name}"}

    assert sorted(set(PUBLIC_PAGES) - there) == []


def test_our_lines_in_the_log_have_fixed_words() -> None:
    require_no_offence(find_loose_words_in_logs, filter(is_service, list_python("src")))


@pytest.mark.parametrize(
    "code",
    [
        "Round.objects.create(slug='a')",
        "Round.objects.filter(pk=1).update(slug='a')",
        "submission.answers.all().delete()",
        "submission.answers.filter(version=1)[0].delete()",
        "Answer.objects.bulk_create(rows)",
        "User._default_manager.get_or_create(pk=1)",
        "submission.save()",
        "form.save(commit=True)",
        "find_round(slug).save(update_fields=['state'])",
        "comment.delete()",
    ],
)
def test_a_write_outside_an_action_is_found(code: str) -> None:
    assert len(messages(find_writes, made_up("src/trigpoint_web/rounds/pages/board.py", code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "digest.update(piece)",
        "context.update({'page': page})",
        "titles.setdefault('a', []).append(1)",
        "rows = Round.objects.filter(pk=1)",
        "store.save(path, content)",
        "storages['evidence'].save(path, content)",
        "_store().delete",
        "request.session.save()",
        "del answers['a']",
        "create_round(plan, by=by, at=at)",
    ],
)
def test_what_writes_no_row_passes(code: str) -> None:
    assert messages(find_writes, made_up("src/trigpoint_web/rounds/pages/board.py", code)) == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/trigpoint_web/accounts/actions.py", True),
        ("src/trigpoint_web/rounds/actions/answers.py", True),
        ("src/trigpoint_web/rounds/migrations/0001_initial.py", True),
        ("src/trigpoint_web/accounts/models.py", True),
        ("src/trigpoint_web/rounds/pages/board.py", False),
        ("src/trigpoint_web/rounds/queries/board.py", False),
        ("src/trigpoint_web/rounds/actionsheet.py", False),
    ],
)
def test_rows_are_written_in_actions(path: str, expected: bool) -> None:
    assert may_write(made_up(path, "")) is expected


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("rows = Round.objects.all()", 1),
        ("from django.db import models", 1),
        ("from trigpoint_web.rounds.models import Round", 0),
        ("titles = tuple(row.title for row in rows)", 0),
    ],
)
def test_a_query_where_something_is_only_shown_is_found(code: str, found: int) -> None:
    assert len(messages(find_queries, made_up("src/trigpoint_web/rounds/presenters/board.py", code))) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{% for one in round.answers.all() %}", 1),
        ("<td>{{ submission.answers.count() }}</td>", 1),
        ("<td>{{ submission.objects | length }}</td>", 1),
        ("<td>{{ page.count }} {{ loop.first }}</td>", 0),
        ("<td>{{ page.score_text }}</td>", 0),
        ("{{ page.rows | first }} of all.", 0),
    ],
)
def test_a_query_in_a_template_is_found(line: str, found: int) -> None:
    template = made_up("src/trigpoint_web/rounds/jinja2/rounds/board.jinja", f"<p>\n{line}\n")

    assert len(messages(find_queries_in_template, template)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("@require_GET\ndef board(request, slug): ...", 1),
        ("@login_required\n@require_GET\ndef board(request, slug): ...", 0),
        ("@require_GET\ndef show_invitation(request, key): ...", 0),
        ("@require_GET\ndef _board(request): ...", 0),
        ("def build_board(request): ...", 0),
        ("@require_GET\ndef reply(request, key): ...", 1),
    ],
)
def test_a_page_that_is_open_to_anybody_is_found(code: str, found: int) -> None:
    assert len(messages(find_open_pages, made_up("src/trigpoint_web/rounds/pages/board.py", code))) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("logger.info(f'saved by {user}')", 1),
        ("logger.warning('saved by ' + name)", 1),
        ("logger.error(str(error))", 1),
        ("logger.info('request', extra={'status': 200})", 0),
        ("logger.setLevel(level)", 0),
        ("console.info(text)", 0),
    ],
)
def test_words_put_together_in_a_line_of_the_log_are_found(code: str, found: int) -> None:
    assert len(messages(find_loose_words_in_logs, made_up("src/trigpoint_web/rounds/tasks.py", code))) == found
