"""A whole report as a file: JSON as the command line prints it, or a row for each figure."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from explorer.reports import Report
from explorer.translation import tr
from explorer.widgets.plot_export import Table

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison
    from core.evaluation.protocols.result import ProtocolResult

_INTERVAL = "_interval"


def report_content(
    report: Report, protocols: "Sequence[ProtocolResult]" = (), comparison: "Comparison | None" = None
) -> dict[str, Any]:
    """Everything that was measured, what it was measured on first."""
    measured = report.measured
    content: dict[str, Any] = {
        "run": str(report.run_dir),
        "step": measured.step,
        "part": measured.part,
        "images": len(measured.images),
        "distance": report.distance,
        **measured.to_json(),
        "calibration": {
            **{fit.method: {"cllr": fit.cllr, **_columns(fit.reliability)} for fit in report.calibrations},
            "min_cllr": report.min_cllr,
        },
        "warnings": list(measured.warnings),
    }
    if protocols:
        content["protocols"] = [found.to_json() for found in protocols]
    if comparison is not None:
        content["comparison"] = comparison.to_json()
    return content


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """A report as JSON; what is not finite becomes null."""
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    except ValueError:  # something is not finite; looking for it takes long in a large table, so not every time
        text = json.dumps(_plain(content), ensure_ascii=False)
    return f"{text}\n".encode()


def csv_table(content: Mapping[str, Any]) -> Table:
    """A row for each figure: its name, as a path through the JSON, its value, and the limits of its interval."""
    return Table(("figure", "value", "low", "high"), list(_rows(content, "")))


def _rows(content: Mapping[str, Any], path: str) -> Iterator[tuple[object, ...]]:
    for key, value in content.items():
        if key == "confusion" and value is not None:
            yield from _mistakes(value)
        elif key != "name" and not key.endswith(_INTERVAL):
            limits = content.get(f"{key}{_INTERVAL}", content.get("interval") if key == "mean" else None)
            yield from _row(value, limits, f"{path}{key}")


def _row(value: Any, limits: Any, path: str) -> Iterator[tuple[object, ...]]:
    """Rows of one value: one, or those of what it holds."""
    if isinstance(value, Mapping):
        inside = limits if isinstance(limits, Mapping) else {}
        if inside:
            for key, each in value.items():
                yield from _row(each, inside.get(key), f"{path} {key}")
        else:
            yield from _rows(value, f"{path} ")
    elif isinstance(value, (list, tuple)):
        for place, each in enumerate(value):
            named = isinstance(each, Mapping) and "name" in each
            yield from _row(each, None, f"{path} {each['name'] if named else place + 1}")
    else:
        low, high = limits if isinstance(limits, (list, tuple)) else (None, None)
        yield path, value, low, high


def _mistakes(confusion: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """How many images of a class are taken for which, where there are any."""
    names = confusion["classes"]
    for true, counts in zip(names, confusion["counts"], strict=True):
        for predicted, count in zip(names, counts, strict=True):
            if count:
                yield (
                    tr("confusion {true} taken for {predicted}").format(true=true, predicted=predicted),
                    count,
                    None,
                    None,
                )


def _columns(reliability: Any) -> dict[str, list[float]]:
    names = ("predicted", "observed", "genuine", "pairs")
    return {name: getattr(reliability, name).tolist() for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
