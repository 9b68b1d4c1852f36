"""Mining: which triplets of a batch count."""

from core.mining.density import negative_log_weights
from core.mining.triplets import MinedTriplets, mine_triplets

__all__ = ["MinedTriplets", "mine_triplets", "negative_log_weights"]
