from pathlib import Path

import pytest

from core.errors import Cancelled, InputError
from core.runs import Run
from explorer.bridge.evaluations import MadeProtocol, calibrated, comparison, evaluation, protocol
from explorer.bridge.long_work import StageWatcher
from explorer.reports import CandidateChoice, ProtocolChoice, Report
from tests.explorer import evaluated


class Listener(StageWatcher):
    def __init__(self, last: str = "") -> None:
        super().__init__()
        self.heard: list[str] = []
        self._last = last

    def staged(self, stage: str, share: float = 0.0) -> None:
        if stage == self._last:
            self.stop()
        super().staged(stage, share)
        self.heard.append(stage)


def test_a_run_is_measured_stage_by_stage(stored: Path) -> None:
    watcher = Listener()
    found = evaluation(stored, "cosine", "held-out")(watcher)
    assert isinstance(found, Report)
    assert (found.run_dir, found.distance) == (stored, "cosine")
    assert found.measured.step == Run.open(stored).newest_checkpoint()
    assert [fit.method for fit in found.calibrations] == ["platt", "isotonic"]
    assert watcher.heard[0] == "loading the model"
    assert {"embedding images", "clustering", "calibrating"} <= set(watcher.heard)


@pytest.mark.parametrize("stage", ["embedding images", "calibrating"])
def test_it_ends_at_the_stage_in_which_it_is_cancelled(stored: Path, stage: str) -> None:
    with pytest.raises(Cancelled):
        evaluation(stored, "cosine", "held-out")(Listener(last=stage))


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a run folder"):
        evaluation(tmp_path, "cosine", "held-out")(StageWatcher())


def test_calibrations_are_judged_on_other_identities_where_there_are_enough() -> None:
    many, few = (calibrated(Path("run"), "cosine", evaluated.measured(identities)) for identities in (24, 8))
    assert many.calibrated_on == "Fitted on 12 identities, judged on 12 others."
    assert "too kind" in few.calibrated_on
    assert few.min_cllr is not None
    # On the pairs it was fitted to, isotonic regression costs next to nothing more than the least.
    assert few.calibrations[1].cllr == pytest.approx(few.min_cllr, abs=0.05)
    assert all(fit.cllr >= (many.min_cllr or 0.0) for fit in many.calibrations)


def test_a_protocol_is_run_by_the_distance_of_the_window(copied: Path) -> None:
    found = protocol(copied, "mahalanobis", ProtocolChoice("episodes", ways=2, shots=1, queries=1, count=5))(Listener())
    assert isinstance(found, MadeProtocol)
    assert len(found.result.parts) == 5
    assert found.result.settings["distance"] == "mahalanobis"  # fitted for that, since it was not at hand


def test_what_is_no_list_of_pairs_is_refused_by_name_and_line(stored: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "pairs.txt"
    wrong.write_text("hello\n")
    with pytest.raises(InputError, match=r"pairs\.txt, line 1"):
        protocol(stored, "cosine", ProtocolChoice("lfw", wrong, tmp_path))(StageWatcher())


def test_a_folder_without_the_images_is_refused(stored: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.txt"
    pairs.write_text("2\t1\nAnn\t1\t2\nAnn\t1\tBob\t1\nBob\t1\t2\nBob\t2\tAnn\t2\n")
    with pytest.raises(InputError, match="missing"):
        protocol(stored, "cosine", ProtocolChoice("lfw", pairs, tmp_path))(StageWatcher())


def test_a_protocol_without_its_files_is_refused(stored: Path) -> None:
    with pytest.raises(InputError, match="found none chosen"):
        protocol(stored, "cosine", ProtocolChoice("lfw"))(StageWatcher())


def test_distances_of_one_run_are_compared(copied: Path) -> None:
    candidates = (CandidateChoice(copied, "cosine"), CandidateChoice(copied, "mahalanobis"))
    found = comparison(candidates)(Listener())
    assert len(found.curves) == 2  # type: ignore[attr-defined]
    assert found.reason is not None  # type: ignore[attr-defined] # three identities
