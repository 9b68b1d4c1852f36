"""The open-set rates of a run: what 'unknown' is worth, measured on its held-out identities."""

from dataclasses import replace

import numpy as np

from core.distances import Distance
from core.errors import InputError
from core.evaluation.open_set import AS_USUAL, OpenSetRates, OpenSetSettings, open_set_rates
from core.training.outcome import load_embeddings
from core.training.records import TrainingSnapshot
from core.verification import Verifier
from core.watch import Watch


def rates_of_run(
    verifier: Verifier,
    settings: OpenSetSettings = AS_USUAL,
    *,
    watch: Watch | None = None,
) -> OpenSetRates:
    """Measure enrolment and identification on the held-out identities of a run's newest snapshot.

    Parameters
    ----------
    verifier
        Its distance is what images are compared by.
    settings, watch
        As `core.evaluation.open_set.open_set_rates`.

    Raises
    ------
    InputError
        where the run has no snapshot, no identities or too few.
    Cancelled
        where `watch` said so.
    """
    steps = verifier.run.snapshot_steps()
    if not steps:
        raise InputError(f"{verifier.run.path}: has no snapshot yet, which open-set rates take held-out images from")
    snapshot = load_embeddings(verifier.run, steps[-1])
    found = rates_of_snapshot(snapshot, verifier.distance_in_use, settings, watch=watch)
    if snapshot.step == verifier.step:
        return found
    older = f"the embeddings are those of step {snapshot.step}, the newest weights of step {verifier.step}"
    return replace(found, notes=(older, *found.notes))


def rates_of_snapshot(
    snapshot: TrainingSnapshot,
    distance: str | Distance,
    settings: OpenSetSettings = AS_USUAL,
    *,
    watch: Watch | None = None,
) -> OpenSetRates:
    """As `rates_of_run`, of one snapshot and by any distance."""
    images = snapshot.evaluated()
    found = open_set_rates(images, distance, settings, watch=watch)
    return replace(found, notes=tuple(_reservations(snapshot)))


def _reservations(snapshot: TrainingSnapshot) -> list[str]:
    """What makes the rates say less than they seem to."""
    found, held_out = [], int(np.count_nonzero(snapshot.held_out))
    if not snapshot.open_set:
        found.append(
            "closed set: the model was trained on other images of these strangers, so real ones may be mistaken oftener"
        )
    if snapshot.open_set:
        found.append(
            "a threshold of this run was chosen on these identities, or on half of them: of others expect a little less"
        )
    if held_out < snapshot.held_out_total:
        found.append(f"the newest look at the model has {held_out} of {snapshot.held_out_total} held-out images")
    return found
