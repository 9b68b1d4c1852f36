"""What is said of a run while it trains: sentences for the line of status."""

from core.training import records
from explorer import formats
from explorer.core_words import in_words
from explorer.translation import tr


def data_words(data: records.DataSummary) -> tuple[str, str]:
    """What a run trains on, in one line and in detail."""
    kind = tr("open set") if data.open_set else tr("closed set")
    message = tr("Training on {training_images} images, {kind}").format(
        training_images=formats.count(data.training_images), kind=kind
    )
    if data.problems:
        message += tr("; {problems} left out").format(problems=len(data.problems))
    notes = [in_words(note) for note in data.notes]
    details = [*notes, *(f"{problem.where}: {in_words(problem.reason)}" for problem in data.problems)]
    return "; ".join((message, *notes)), "\n".join(details)


def look_words(event: records.Evaluated) -> str:
    """What a look at the model has found."""
    if event.auc is None or event.eer is None:
        return tr("Step {step}: the held-out part has no genuine or no impostor pairs").format(
            step=formats.count(event.step)
        )
    parts = [
        tr("Step {step}: AUC {auc:.4f}").format(step=formats.count(event.step), auc=event.auc),
        tr("EER {eer}").format(eer=formats.rate(event.eer)),
    ]
    if event.classification_accuracy is not None:
        parts.append(
            tr("accuracy {classification_accuracy}").format(
                classification_accuracy=formats.rate(event.classification_accuracy)
            )
        )
    return ", ".join(parts) + tr(" on {images} held-out images").format(images=formats.count(event.images))
