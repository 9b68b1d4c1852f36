"""What the lines of events.jsonl say, as the records that training gives."""

from collections.abc import Mapping
from typing import Any

from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.run_content import checked
from core.runs import Run
from core.training.records import (
    CheckpointSaved,
    DataSummary,
    Event,
    Failed,
    Finished,
    HealthWarning,
    HyperparametersApplied,
    Note,
    Paused,
    Resumed,
    Started,
)


class Story:
    """How a run stands after the events so far."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._file = run.path / "events.jsonl"
        self.hyperparameters = run.config.hyperparameters
        """In force."""
        self.begun: Mapping[str, Any] | None = None
        """The newest line that says that training began, or went on."""
        self.paused: Paused | None = None
        """Why it waits; None where it does not."""
        self.last_word: Finished | Failed | None = None
        """How it ended; None where it did not."""

    def tell(self, line: Mapping[str, Any]) -> Event | None:
        """Take a line, and give the record of it; None where there is none.

        Raises
        ------
        InputError
            where the line is damaged.
        """
        try:
            event = self._event(line)
        except InputError:
            raise
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            wrong = f"lacks {error}" if isinstance(error, KeyError) else f"cannot be understood ({error})"
            raise InputError(f"{self._file}: damaged, a line about {line.get('event')!r:.40} {wrong}") from error
        match event:
            case HyperparametersApplied():
                self.hyperparameters = event.new
            case Paused():
                self.paused = event
            case Resumed():
                self.paused = None
            case Finished() | Failed():
                self.paused, self.last_word = None, event
        return event

    def started(self) -> Started:
        """The record that the run's first step follows on, as far as the folder tells it.

        Raises
        ------
        InputError
            where samples.json is damaged.
        """
        run, begun = self._run, self.begun or {}
        data = _summary(run)
        batch = _count(begun, "batch_size", run.config.batch_size)
        steps = _count(begun, "steps_per_epoch", max(1, data.training_images // batch))
        return Started(
            run_dir=run.path,
            step=_count(begun, "step", 0),
            total_steps=_count(begun, "total_steps", run.config.epochs * steps),
            steps_per_epoch=steps,
            batch_size=batch,
            device=run.info.device,
            backbone=run.config.backbone,
            data=data,
            hyperparameters=self.hyperparameters,
        )

    def _event(self, line: Mapping[str, Any]) -> Event | None:
        step = int(line["step"])
        match line.get("event"):
            case "started":
                went_on = self.begun is not None
                self.begun, self.last_word = line, None
                return Resumed(step) if went_on else None
            case "hyperparameters":
                old, new = (checked(Hyperparameters, line[name], self._file) for name in ("old", "new"))
                return HyperparametersApplied(step, old, new)
            case "paused":
                reason = line.get("reason")
                return Paused(step, None if reason is None else str(reason))
            case "resumed":
                return Resumed(step)
            case "checkpoint":
                return CheckpointSaved(step, self._run.checkpoint_path(step))
            case "failed":
                return Failed(str(line["message"]), "")
            case "finished":
                return Finished(step, stopped=line["stopped"] is not False, result={**line["result"]})
        return _remark(line)


def _remark(line: Mapping[str, Any]) -> Event | None:
    """What a line says that changes nothing; None where that is for a newer version to know."""
    match line.get("event"):
        case "warning":
            return HealthWarning(int(line["step"]), str(line["seen"]), str(line["advice"]))
        case "note" if "message" in line:
            return Note(str(line["message"]))
        case "best epoch":
            return Note(str(line["reason"]))
    return None


def _summary(run: Run) -> DataSummary:
    samples, info = run.samples(), run.info
    held_out = int(samples.held_out.sum())
    masks = bool(info.model.get("segmentation"))
    return DataSummary(
        name=info.data.name,
        classes=info.data.classes,
        sample_names=samples.ids,
        images=len(samples.ids),
        masks=len(samples.ids) if masks else 0,
        training_images=len(samples.ids) - held_out,
        held_out_images=held_out,
        training_classes=len(info.data.training_classes),
        held_out_classes=len(set(samples.labels[samples.held_out].tolist())),
        open_set=info.data.open_set,
        problems=(),
        notes=(),
    )


def _count(line: Mapping[str, Any], name: str, otherwise: int) -> int:
    found = line.get(name)
    return found if isinstance(found, int) and found >= 0 else otherwise
