"""A device whose memory ends while a run is trained: it goes on in parts, or ends by one sentence and can go on."""

import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import torch

from core.config import RunConfig
from core.models.multi_task import MultiTaskModel
from core.runs import Run
from core.training.records import Failed, Note
from core.training.session import TrainingSession
from tests.core.training.driving import assert_same_run, drive
from tests.faults.killing import PATIENCE, forking

SENTENCE = "the device ran out of memory; use a smaller batch or image size"


class SmallDevice:
    """A device that has no memory to train on more images than `images` at once."""

    def __init__(self, monkeypatch, images: int) -> None:
        self.images = images
        real = MultiTaskModel.forward

        def forward(model, images, *args, **kwargs):
            if model.training and len(images) > self.images:
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.\nGPU 0 has 79 GiB.")
            return real(model, images, *args, **kwargs)

        monkeypatch.setattr(MultiTaskModel, "forward", forward)


def told(session: TrainingSession) -> str:
    """How a session ends, in words."""
    session.start()
    assert session.join(PATIENCE)
    last = session.take_events()[-1]
    return last.message if isinstance(last, Failed) else type(last).__name__.lower()


def noted(run: Run) -> list[str]:
    """What a run was told in passing."""
    return [line["message"] for line in run.events() if line["event"] == "note"]


def test_a_batch_that_does_not_fit_goes_through_in_parts(tiny, tmp_path, monkeypatch) -> None:
    """Of 8 images 3 fit: 4 are too many still, 2 are not; the losses are those of the whole batch."""
    whole = drive(tiny(), tmp_path / "whole")
    SmallDevice(monkeypatch, images=3)
    driven = drive(tiny(), tmp_path / "run")
    assert noted(driven.run) == [note.message for note in driven.of(Note)]
    assert noted(driven.run) == [
        f"the device ran out of memory, so from step 1 on {count} images at once pass through the network; the losses "
        "are still those of the whole batch"
        for count in (4, 2)
    ]
    assert [record.step for record in driven.records] == list(range(1, 9))
    assert driven.records[0].total == pytest.approx(whole.records[0].total, rel=1e-4)
    assert driven.records[-1].total == pytest.approx(whole.records[-1].total, rel=0.05)


def test_a_batch_norm_in_parts_is_said(tiny, tmp_path, monkeypatch) -> None:
    SmallDevice(monkeypatch, images=6)
    driven = drive(tiny(backbone="resnet18", image_size=32, epochs=1), tmp_path / "run", lambda c: {1: c.stop})
    assert "batch norms see 4 images at once" in noted(driven.run)[1]


def test_two_images_that_do_not_fit(tiny, tmp_path, monkeypatch) -> None:
    """Nothing is left to halve: said at the first step; with an image size that fits the run goes through."""
    SmallDevice(monkeypatch, images=1)
    assert told(TrainingSession(tiny(), tmp_path / "run")) == SENTENCE


def test_memory_that_ends_meanwhile(tiny, tmp_path, monkeypatch) -> None:
    """Another program has taken it: the last checkpoint stays, and when there is memory the run is as it would be."""
    whole = drive(tiny(epochs=3), tmp_path / "whole").run
    device = SmallDevice(monkeypatch, images=10_000)
    with pytest.raises(torch.OutOfMemoryError):
        drive(tiny(epochs=3), tmp_path / "run", lambda controls: {6: lambda: setattr(device, "images", 1)})
    run = Run.open(tmp_path / "run")
    assert run.checkpoint_steps() == [4]
    assert (run.events()[-1]["event"], run.events()[-1]["message"]) == ("failed", SENTENCE)
    device.images = 10_000
    assert_same_run(whole, drive(tiny(epochs=3), run.path, resume=True).run)


def test_parts_are_kept_when_the_run_goes_on(tiny, tmp_path, monkeypatch) -> None:
    """Resumed where there is memory again, it is the run that was not stopped."""
    device = SmallDevice(monkeypatch, images=10_000)

    def fewer() -> None:
        device.images = 6

    whole = drive(tiny(epochs=3), tmp_path / "whole", lambda controls: {5: fewer}).run
    device.images = 10_000
    plan = lambda controls: {5: fewer, 7: lambda: controls.stop(evaluate=False)}  # noqa: E731
    drive(tiny(epochs=3), tmp_path / "run", plan)
    device.images = 10_000
    resumed = drive(tiny(epochs=3), tmp_path / "run", resume=True)
    assert_same_run(whole, resumed.run)
    assert len(noted(resumed.run)) == 1


# --- memory that really ends


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited the Linux way")
def test_a_process_that_gets_no_more_memory(tiny, tmp_path) -> None:
    """The system gives it none from step 5 on; the next process has enough."""
    config = tiny(epochs=2, image_size=32)
    with forking() as context:
        here, there = context.Pipe()
        process = context.Process(target=_starve, args=(there, config, tmp_path / "run"), daemon=True)
        process.start()
        there.close()
        assert here.poll(PATIENCE)
        assert here.recv() == SENTENCE
        process.join(PATIENCE)
        here.close()
        assert process.exitcode == 0
    run = Run.open(tmp_path / "run")
    assert run.checkpoint_steps() == [4]
    assert not drive(config, run.path, resume=True).finished.stopped


def _starve(connection: Connection, config: RunConfig, path: Path) -> None:
    import resource

    torch.set_num_threads(1)
    session = TrainingSession(config, path)
    real, steps = MultiTaskModel.forward, 0

    def forward(model, images, *args, **kwargs):
        nonlocal steps
        steps += model.training
        if steps == 6:
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used, resource.RLIM_INFINITY))
            images = images.repeat(4096, 1, 1, 1)  # more than what lies ready from the steps before
        return real(model, images, *args, **kwargs)

    MultiTaskModel.forward = forward
    words = told(session)
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    connection.send(words)
