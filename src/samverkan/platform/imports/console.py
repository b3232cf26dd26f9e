"""What the command line says of an import."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import ImportBatch
from .problems import Problem
from .results import ImportResult

SHOWN_PROBLEMS = 20


def problem_lines(result: ImportResult) -> list[str]:
    """The first problems, and how many more there are."""
    lines = [problem_line(problem) for problem in result.problems[:SHOWN_PROBLEMS]]
    hidden = result.error_count + result.note_count - len(lines)
    if hidden > 0:
        lines.append(_("… and %(number)d more") % {"number": hidden})
    return lines


def problem_line(problem: Problem) -> str:
    place = _("line %(line)d") % {"line": problem.line} if problem.line else _("the file")
    column = f", {problem.column}" if problem.column else ""
    return f"{place}{column}: {problem.message} {problem.remedy}".rstrip()


def result_line(result: ImportResult, *, is_dry: bool) -> str:
    """What was done, would be done, or was refused, in one line."""
    numbers = {
        "read": result.outcome.read,
        "added": result.outcome.added,
        "revised": result.outcome.revised,
        "unchanged": result.outcome.unchanged,
        "ref": result.batch.ref,
    }
    if not result.is_done:
        return _("%(errors)d errors: nothing was changed.") % {"errors": result.error_count}
    if is_dry:
        return (
            _(
                "Would read %(read)d rows: %(added)d new, %(revised)d revised, "
                "%(unchanged)d unchanged. Nothing was changed."
            )
            % numbers
        )
    return (
        _(
            "Read %(read)d rows: %(added)d new, %(revised)d revised, %(unchanged)d unchanged. "
            "Import %(ref)s."
        )
        % numbers
    )


def already_line(earlier: ImportBatch) -> str:
    """That the very same file was imported before, and when."""
    return _("Already imported on %(day)s (import %(ref)s): nothing was changed.") % {
        "day": timezone.localdate(earlier.finished_at or earlier.created_at).isoformat(),
        "ref": earlier.ref,
    }


def undone_line(ref: str, rows: int) -> str:
    return _("Import %(ref)s is undone: %(rows)d rows.") % {"ref": ref, "rows": rows}
