"""The model report: one page of HTML that needs nothing else, no network and no script."""

from pathlib import Path

from core.errors import InputError
from core.export.description import check_absent
from core.export.report.content import ReportContent, gather
from core.export.report.page import page
from core.files import write_whole
from core.runs import Run
from core.watch import StageWatch

__all__ = ["ReportContent", "page", "write_report"]


def write_report(run: Run, file: Path, *, force: bool = False, watch: StageWatch | None = None) -> None:
    """Measure the newest checkpoint of a run, and write the report on it.

    Parameters
    ----------
    run
        With its images at hand.
    file
        Ending in .html.
    force
        Overwrite a file that is there.
    watch
        Takes what is being done and which share of that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where the file is there or cannot be written, or as `core.evaluate.evaluate_run`.
    Cancelled
        where `watch` said so.
    """
    check_absent(file, force=force)
    text = page(gather(run, watch or (lambda stage, share: None)))
    try:
        write_whole(file, text)
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror or error})") from error
