"""Pairs that were looked at, kept with a run."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import looked_at
from core.errors import InputError
from core.looked_at import LookedAt, LookedAtImage, bounded, load_looks, looks_csv, save_looks, with_look
from core.runs import Run


def look(a: str = "a.png", b: str = "b.png", **changes: object) -> LookedAt:
    values: dict[str, object] = {
        "at": "2026-11-22T12:00:00+00:00",
        "a": LookedAtImage(kind="file", name=a),
        "b": LookedAtImage(kind="sample", name=b),
        "distance": 0.25,
        "measure": "cosine",
        "threshold": 0.5,
        "probability": 0.9,
        "step": 8,
    }
    return LookedAt.model_validate(values | changes)


@pytest.fixture
def run_dir(tmp_path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


def test_what_is_kept_comes_back(run_dir) -> None:
    assert load_looks(run_dir) == ()
    looks = (look(note="doubtful – é\n=1"), look("c.png", threshold=None, probability=None))
    save_looks(run_dir, looks)
    assert load_looks(run_dir) == looks
    save_looks(run_dir, looks[1:])
    assert load_looks(run_dir) == looks[1:]
    assert [path.name for path in (run_dir / "evaluation").iterdir()] == ["looked-at.json"]


@pytest.mark.parametrize("text", ["{", '{"looks": [{"at": 1}]}', '{"looks": 3}', "[]"])
def test_a_damaged_file_is_named(run_dir, text) -> None:
    (run_dir / "evaluation").mkdir()
    (run_dir / "evaluation" / "looked-at.json").write_text(text)
    with pytest.raises(InputError, match=r"looked-at\.json: damaged"):
        load_looks(run_dir)


def test_a_run_that_starts_over_forgets_them(trained, tmp_path) -> None:
    run = Run.create(tmp_path / "run", trained.info, trained.samples())
    save_looks(run.path, (look(),))
    assert load_looks(Run.create(run.path, run.info, trained.samples()).path) == ()


def test_verdicts() -> None:
    assert look().same is True
    assert look(distance=0.5).same is True
    assert look(distance=0.51).same is False
    assert look(threshold=None).same is None


def test_a_pair_stands_once_with_its_note() -> None:
    first, other = look(note="mine"), look("c.png")
    swapped = look(distance=0.1).model_copy(update={"a": first.b, "b": first.a})
    found = with_look((other, first), swapped)
    assert [each.note for each in found] == ["mine", ""]
    assert found[0].distance == 0.1
    assert found[1] == other
    assert with_look(found, look(note="new"))[0].note == "new"


def test_an_image_with_itself_is_another_pair() -> None:
    same = look().model_copy(update={"b": look().a})
    assert len(with_look((look(),), same)) == 2


@settings(max_examples=50, deadline=None)
@given(st.lists(st.booleans(), max_size=30), st.integers(0, 10))
def test_the_oldest_without_a_note_go_first(noted: list[bool], kept: int) -> None:
    looks = [look(f"{place}.png", note="x" if has else "") for place, has in enumerate(noted)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looked_at, "KEPT", kept)
        found = bounded(looks)
    assert len(found) == min(kept, len(looks))
    assert [looks.index(each) for each in found] == sorted(looks.index(each) for each in found)
    gone = [each for each in looks if each not in found]
    if any(each.note for each in gone):
        assert all(each.note for each in found)
    for kind in (True, False):
        places = [looks.index(each) for each in found if bool(each.note) is kind]
        lost = [looks.index(each) for each in gone if bool(each.note) is kind]
        assert not places or not lost or max(places) < min(lost)


def test_a_table_for_spreadsheets() -> None:
    rows = list(csv.DictReader(io.StringIO(looks_csv((look("=evil.png", note="@x"), look(threshold=None))))))
    assert rows[0]["image_a"] == "'=evil.png"
    assert rows[0]["note"] == "'@x"
    assert (rows[0]["verdict"], rows[1]["verdict"]) == ("same", "")
    assert float(rows[0]["distance"]) == 0.25


def test_a_note_has_an_end() -> None:
    with pytest.raises(ValueError, match="at most 2000"):
        look(note="x" * 2001)
