"""Groups of images on their way from the data folder to the figures."""

import shutil
from pathlib import Path

import numpy as np

from core.evaluate import evaluate_run


def test_pairs_within_groups_of_other_data_are_not_evaluated(trained, shapes: Path, tmp_path: Path) -> None:
    shutil.copytree(shapes, tmp_path / "data")
    ids = trained.samples().ids
    labels = np.array([image.split("/")[0] for image in ids])
    groups = np.arange(len(ids)) % 5
    rows = [f"{image},shoot {group}" for image, group in zip(ids, groups, strict=True)]
    (tmp_path / "data" / "groups.csv").write_text("\n".join(["image,group", *rows]))
    found = evaluate_run(trained, data=str(tmp_path / "data")).report
    first, second = np.triu_indices(len(ids), 1)
    counted = groups[first] != groups[second]
    same = labels[first] == labels[second]
    assert (found.genuine_pairs, found.impostor_pairs) == ((counted & same).sum(), (counted & ~same).sum())
