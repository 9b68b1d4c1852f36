"""Run folders written by hand: no training, a few files each."""

import json
from pathlib import Path
from typing import Any

from core.config import make_config


def run_json(name: str = "digits", created: str = "2026-11-22T13:47:44+00:00", **settings: Any) -> dict[str, Any]:
    """Content of run.json."""
    config = make_config(settings).model_dump(mode="json")
    return {
        "schema_version": 1,
        "created": created,
        "config": config,
        "seed": config["seed"],
        "data": {
            "name": name,
            "images": 18,
            "content_hash": "db46",
            "classes": ["a", "b"],
            "training_classes": ["a", "b"],
            "open_set": False,
        },
        "model": {"backbone_name": config["backbone"], "classes": 2, "embedding_dim": config["embedding_dim"]},
        "versions": {},
        "device": "cpu",
        "world_size": 1,
    }


def step_line(step: int, epoch: int, **figures: Any) -> dict[str, Any]:
    """A line of metrics.jsonl."""
    return {
        "step": step,
        "epoch": epoch,
        "time": 0.5 * step,
        "total": 1.0 / step,
        "cls": None,
        "seg": None,
        "metric": 0.5 / step,
        "learning_rate": 0.001,
        "active_fraction": 0.25,
        **figures,
    }


def write_run(path: Path, *, steps: int = 4, finished: bool | None = True, auc: float = 0.9, **told: Any) -> Path:
    """A run of two epochs, evaluated at its end; `finished` None leaves its events without an end."""
    (path / "evaluation").mkdir(parents=True)
    (path / "run.json").write_text(json.dumps(run_json(**told), indent=2))
    lines = [step_line(step, 1 + 2 * (step - 1) // steps) for step in range(1, steps + 1)]
    (path / "metrics.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    events: list[dict[str, Any]] = [{"event": "started", "step": 0}]
    if finished is not None:
        events.append({"event": "finished", "step": steps, "stopped": not finished, "result": {"auc": auc}})
    (path / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))
    write_evaluation(path, steps, auc=auc)
    return path


def write_evaluation(path: Path, step: int, points: int = 3, **figures: Any) -> Path:
    """An evaluation file as training writes it, but for its calibration."""
    fpr = [place / (points - 1) for place in range(points)]
    content = {
        "step": step,
        "auc": 0.9,
        "eer": 0.1,
        "tpr_at_fpr": {"0.05": 0.8, "0.01": 0.6, "0.001": None},
        "genuine_pairs": 30,
        "impostor_pairs": 120,
        "classification_accuracy": None,
        **figures,
        "curve": {"thresholds": [2 * share for share in fpr], "fpr": fpr, "tpr": [share**0.5 for share in fpr]},
        "cllr": 0.2,
    }
    file = path / "evaluation" / f"step-{step:06d}.json"
    file.write_text(json.dumps(content, indent=1))
    return file
