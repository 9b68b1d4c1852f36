"""Lists of pairs, triplets and quadruplets of the images of `draw_folder`, as if their classes were not known."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path

from core.data.tuples import TupleKind
from tests.core.conftest import SHAPES

GROUP = 3
"""Images that are known to be of one identity."""

HEADERS: dict[TupleKind, str] = {
    "pairs": "image_a,image_b,same",
    "triplets": "anchor,positive,negative",
    "quadruplets": "anchor,positive,negative1,negative2",
}


def write_list(path: Path, kind: TupleKind, rows: Iterable[Sequence[object]]) -> Path:
    """Write rows below the header of their kind."""
    path.write_text("\n".join([HEADERS[kind], *(",".join(map(str, row)) for row in rows)]) + "\n")
    return path


def groups_of_shapes(per_class: int = 12) -> list[list[str]]:
    """Paths of the images of one shape, three by three, in the order in which identities are sorted."""
    names = [[f"images/{shape}/{n:02}.png" for n in range(per_class)] for shape in SHAPES]
    return [part[start : start + GROUP] for part in names for start in range(0, per_class, GROUP)]


def shape_of(path: str) -> str:
    return path.split("/")[1]


def list_shapes(root: Path, kind: TupleKind) -> Path:
    """A list beside the images below `root`, of 16 identities: 4 of each shape."""
    groups = groups_of_shapes()
    different = [(a, b) for a, b in permutations(groups, 2) if shape_of(a[0]) != shape_of(b[0])]
    rows: list[tuple[object, ...]]
    if kind == "pairs":
        rows = [(group[i], group[j], 1) for group in groups for i, j in ((0, 1), (1, 2))]
        rows += [(a[0], b[2], 0) for a, b in different if a < b]
    elif kind == "triplets":
        rows = [row for a, b in different for row in ((a[0], a[1], b[2]), (a[1], a[2], b[0]))]
    else:
        rows = [
            row
            for a, b in different
            for c in groups[groups.index(b) % 4 :: 4]  # of the same place within another shape
            if shape_of(c[0]) not in (shape_of(a[0]), shape_of(b[0]))
            for row in ((a[0], a[1], b[0], c[1]), (a[1], a[2], b[2], c[0]))
        ]
    return write_list(root / f"{kind}.csv", kind, rows)
