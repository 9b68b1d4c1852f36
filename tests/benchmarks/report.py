"""How every benchmark reports: one JSON object a line."""

import json
import statistics
from collections.abc import Sequence


def report(name: str, ours: float, peer: float | None, unit: str, **more: object) -> None:
    """Print one figure of ours beside the peer's, and their ratio ours / peer."""
    ratio = None if peer is None else round(ours / peer, 4)
    line = {"name": name, "ours": _short(ours), "peer": None if peer is None else _short(peer), "ratio": ratio}
    print(json.dumps({**line, "unit": unit, **more}), flush=True)


def report_pairs(name: str, pairs: Sequence[tuple[float, float]], unit: str, **more: object) -> None:
    """Print the medians of alternating pairs (ours, peer), and the median of their ratios."""
    ours, peers = (statistics.median(values) for values in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    line = {"name": name, "ours": _short(ours), "peer": _short(peers), "ratio": round(statistics.median(ratios), 4)}
    print(json.dumps({**line, "unit": unit, "ratios": [round(r, 4) for r in ratios], **more}), flush=True)


def _short(value: float) -> float:
    return float(f"{value:.5g}")
