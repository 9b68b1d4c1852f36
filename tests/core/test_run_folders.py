from datetime import datetime

import pytest

from core.errors import InputError
from core.run_folders import TRAIN_LOG, check_run_folder, new_run_path


def test_a_new_run_has_a_folder_of_its_own(tmp_path) -> None:
    now = datetime(2026, 11, 22, 14, 5, 9)
    assert new_run_path(tmp_path, "digits", now) == tmp_path / "2026-11-22T14-05-09-digits"
    assert new_run_path(tmp_path, "/data/my pets/", now).name == "2026-11-22T14-05-09-my-pets"
    assert new_run_path(tmp_path, "/", now).name == "2026-11-22T14-05-09-data"
    (tmp_path / "2026-11-22T14-05-09-digits").mkdir()
    assert new_run_path(tmp_path, "digits", now).name == "2026-11-22T14-05-09-digits-2"


def test_the_folder_is_called_like_the_data_however_it_is_named(tmp_path, monkeypatch) -> None:
    (tmp_path / "pets").mkdir()
    monkeypatch.chdir(tmp_path / "pets")
    assert new_run_path(tmp_path, ".").name.endswith("-pets")


def test_a_folder_for_a_run(trained, tmp_path) -> None:
    check_run_folder(tmp_path / "new", resume=False)
    check_run_folder(tmp_path, resume=False)
    check_run_folder(trained.path, resume=True)
    (tmp_path / ".hidden").write_text("")
    check_run_folder(tmp_path, resume=False)
    (tmp_path / "mine").write_text("")
    for path in (tmp_path, tmp_path / "mine"):
        with pytest.raises(InputError, match="needs a new or an empty folder"):
            check_run_folder(path, resume=True)
    with pytest.raises(InputError, match="holds a run already"):
        check_run_folder(trained.path, resume=False)


def test_the_output_of_torchrun_may_be_there_before_the_run(tmp_path) -> None:
    (tmp_path / TRAIN_LOG).write_text("starting")
    check_run_folder(tmp_path, resume=False)
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="found other files there"):
        check_run_folder(tmp_path, resume=False)
