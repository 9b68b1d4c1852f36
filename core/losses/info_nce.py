"""InfoNCE loss."""

from torch import Tensor, nn
from torch.nn.functional import softplus

from core.distances import COSINE
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import compare, log_sum_exp
from core.losses.value import Columns, LossValue, check_positive

SPEC = LossSpec(
    label="InfoNCE (NT-Xent)",
    kind="tuples",
    help="Each positive pair against the anchor's negatives, by a softmax at a temperature. Likes large batches.",
    defaults={"temperature": 0.1},
)


class InfoNCELoss(nn.Module):
    """Mean over positive pairs (a, p) of -log(exp(s_ap/T) / (exp(s_ap/T) + Σ exp(s_an/T))), s cosine similarity.

    Each positive pair, in both directions, stands against all of its anchor's negatives n, not against the other
    positives: NT-Xent as pytorch-metric-learning generalises it to classes. Cosine similarity normalises the
    embeddings. 0 with a gradient of 0 where no anchor has both a positive and a negative; else above 0, and
    log(1 + number of negatives) at chance.

    Van den Oord et al., Representation Learning with Contrastive Predictive Coding, 2018; NT-Xent: Chen et al., A
    Simple Framework for Contrastive Learning of Visual Representations, ICML 2020.

    Parameters
    ----------
    temperature
        T, above 0; may change between two steps.

    Raises
    ------
    ValueError
        where the temperature cannot be used.
    """

    def __init__(self, temperature: float = 0.07) -> None:
        super().__init__()
        check_positive(temperature=temperature)
        self.temperature = temperature

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`.

        `active_fraction` is the share of the positive pairs whose anchor has a negative at least as similar, `tuples`
        counts the positive pairs.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(COSINE)
        # A softmax does not see the 1 in similarity = 1 - distance.
        logits = distances / -self.temperature
        contrasted, count, misranked_share = pairs.contrasted(distances)
        costs = softplus(log_sum_exp(logits, pairs.negative) - logits).masked_fill(~contrasted, 0.0)
        return LossValue(costs.sum() / count.clamp(min=1), misranked_share, count)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return InfoNCELoss()
