"""What the commands say to people, as text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.data.dataset import Problem
from core.errors import printable
from core.training import records

PROBLEMS_SHOWN = 10


def event_lines(event: records.Event) -> list[str]:
    """Lines about an event of training; none where it is not worth one."""
    match event:
        case records.Preparing(total=0):
            return [event.what]
        case records.Started():
            return [*_started_lines(event), *warning_lines(event)]
        case records.Evaluated():
            return [_evaluated_line(event)]
        case records.HyperparametersApplied():
            changed = [
                name for name in type(event.new).model_fields if getattr(event.new, name) != getattr(event.old, name)
            ]
            return [f"after step {event.step}: " + ", ".join(f"{name} {getattr(event.new, name)}" for name in changed)]
        case records.Finished():
            return [f"{'stopped' if event.stopped else 'finished'} at step {event.step}"]
        case _:
            return warning_lines(event)


def warning_lines(event: records.Event) -> list[str]:
    """Lines that are shown even to a script: what was left out and what else to know."""
    match event:
        case records.Note():
            return [printable(f"note: {event.message}")]
        case records.HealthWarning():
            return [f"warning: {event.seen} {event.advice}"]
        case records.Paused(reason=str(reason)):
            return [printable(f"warning: {reason}")]
        case records.Started():
            notes = (printable(f"note: {note}") for note in event.data.notes)
            return [*notes, *left_out_lines(event.data.problems)]
        case _:
            return []


def left_out_lines(problems: Sequence[Problem]) -> list[str]:
    """How many images, masks and classes were left out, and which."""
    if not problems:
        return []
    lines = [f"left out: {len(problems)}"]
    lines += [printable(f"  {problem.where}: {problem.reason}") for problem in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"  and {len(problems) - PROBLEMS_SHOWN} more")
    return lines


def table(figures: Mapping[str, Any]) -> str:
    """Two columns, name and figure."""
    flat = dict(_flattened(figures))
    width = max(map(len, flat))
    return "\n".join(f"{name:<{width}}  {_figure(value)}" for name, value in flat.items())


def _flattened(figures: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from ((f"{name} {key}", item) for key, item in _flattened(value))
        else:
            yield name, value


def _figure(value: Any) -> str:
    if isinstance(value, tuple):
        return " to ".join(_figure(limit) for limit in value)
    return "unknown" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def _started_lines(event: records.Started) -> list[str]:
    steps = f"{event.total_steps} steps of {event.batch_size} images" + (f", from {event.step}" if event.step else "")
    return [
        *_data_lines(event.data),
        f"{event.backbone} on {event.device}: {steps}, into {event.run_dir}",
    ]


def _data_lines(data: records.DataSummary) -> list[str]:
    if data.listed is not None:
        training = f"{data.training_tuples} {data.listed} of {data.training_images} images"
        held = f"{data.held_out_tuples} {data.listed} of {data.held_out_images} images"
        return [
            f"{data.name}: {data.images} images, {len(data.classes)} identities",
            f"open set: trains on {training}, {held} of {data.held_out_classes} identities held out",
        ]
    kind = "open set" if data.open_set else "closed set"
    held = f"{data.held_out_images} images" + (f" of {data.held_out_classes} classes" if data.open_set else "")
    return [
        f"{data.name}: {data.images} images, {len(data.classes)} classes, {data.masks} masks",
        f"{kind}: trains on {data.training_images} images of {data.training_classes} classes, {held} held out",
    ]


def _evaluated_line(event: records.Evaluated) -> str:
    parts = [f"epoch {event.epoch}", f"step {event.step}", f"{event.images} held-out images"]
    if event.auc is None or event.eer is None:
        parts.append("no genuine or no impostor pairs")
    else:
        parts += [f"AUC {event.auc:.4f}", f"EER {100 * event.eer:.2f} %"]
    if event.classification_accuracy is not None:
        parts.append(f"accuracy {100 * event.classification_accuracy:.1f} %")
    return " · ".join(parts)
