"""A run's scalars as an event file of TensorBoard, written without TensorBoard.

Sources
-------
Framing: tensorflow/core/lib/io/record_writer.h (length, masked CRC of the length, data, masked CRC of the data).
CRC-32C: RFC 3720, appendix B.4. Messages: tensorflow/core/util/event.proto and framework/summary.proto, in the wire
encoding of protobuf.dev/programming-guides/encoding. Why they are written here: docs/adr/0021-runs-and-scalars.md.
"""

import struct
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import numpy as np

from core.errors import InputError
from core.files import replacing
from core.run_list import evaluations, read_run
from core.scalars import Scalars, read_scalars
from core.watch import Watch

_GROUPS = {
    "total": "loss",
    "cls": "loss",
    "seg": "loss",
    "metric": "loss",
    "learning_rate": "settings",
    "cls_weight": "settings",
    "seg_weight": "settings",
    "metric_weight": "settings",
}
"""What stands before the name of a scalar in TensorBoard, which shows those of one group together;"""
_OTHERS = "training"
"""of all others;"""
_JUDGED = "held-out"
"""and of what an evaluation found."""
_STEPS_AT_ONCE = 1_000
_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5
"""Wire types."""
_MASK_DELTA = 0xA282EAD8
_POLYNOMIAL = 0x82F63B78
"""Castagnoli's, its bits reversed."""


def write_tensorboard(run_dir: Path, folder: Path, watch: Watch | None = None) -> Path:
    """Write an event file that `tensorboard --logdir` reads: the figures of every step and of every evaluation.

    A run's own file of an earlier export is overwritten.

    Parameters
    ----------
    run_dir
        with at least one step.
    folder
        Made where there is none; without event files of anything else, which TensorBoard would mix with this run's.
    watch
        Hears how far it is.

    Returns
    -------
    The file.

    Raises
    ------
    InputError
        where the run has no steps or is damaged, the folder holds other event files, or cannot be written to.
    Cancelled
        where `watch` said so; then no file is written.
    """
    scalars = read_scalars(run_dir, None if watch is None else lambda share: watch(share / 2))
    if not len(scalars.step):
        raise InputError(f"{run_dir}: has no steps yet, so there are no scalars to write")
    began = _began(run_dir)
    file = folder / f"events.out.tfevents.{int(began)}.metric-explorer"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if other := next((each.name for each in folder.glob("*tfevents*") if each.name != file.name), None):
            raise InputError(f"{folder}: must hold no other event files, which TensorBoard would mix in, found {other}")
        with replacing(file) as temporary, temporary.open("wb") as stream:
            stream.write(record(event(began, file_version="brain.Event:2")))
            for place, (time, step, values) in enumerate(_events(run_dir, scalars, began)):
                if watch is not None and place % _STEPS_AT_ONCE == 0:
                    watch(min(1.0, 0.5 + place / len(scalars.step) / 2))
                stream.write(record(event(time, step, values)))
    except OSError as error:
        raise InputError(f"{folder}: the event file cannot be written ({error.strerror})") from error
    return file


def event(time: float, step: int = 0, values: Mapping[str, float] | None = None, *, file_version: str = "") -> bytes:
    """The message Event.

    Parameters
    ----------
    time
        Seconds since 1970.
    step
        From 0 up.
    values
        Scalars by their tags, as float32.
    file_version
        Of the first event of a file, which has no values.
    """
    told = _key(1, _FIXED64) + struct.pack("<d", time)
    told += _key(2, _VARINT) + _varint(step) if step else b""
    told += _bytes(3, file_version.encode()) if file_version else b""
    if values:
        told += _bytes(5, b"".join(_bytes(1, _value(tag, value)) for tag, value in values.items()))
    return told


def record(data: bytes) -> bytes:
    """Data framed as a TFRecord."""
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked_crc(length)) + data + struct.pack("<I", masked_crc(data))


def masked_crc(data: bytes) -> int:
    """CRC-32C, rotated and shifted, so that a CRC over data with CRCs in it stays a good one."""
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + _MASK_DELTA) & 0xFFFFFFFF


def crc32c(data: bytes) -> int:
    """CRC-32C (Castagnoli)."""
    crc, table = 0xFFFFFFFF, _TABLE
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def _events(run_dir: Path, scalars: Scalars, began: float) -> Iterator[tuple[float, int, dict[str, float]]]:
    """Time, step and values of each step, those of its evaluation among them."""
    judged = {found.step: found for found in evaluations(run_dir)}
    tags = [(f"{_GROUPS.get(name, _OTHERS)}/{name}", column) for name, column in scalars.columns.items()]
    for place, step in enumerate(scalars.step.tolist()):
        values = {tag: float(column[place]) for tag, column in tags if np.isfinite(column[place])}
        if (found := judged.get(step)) is not None:
            figures = {"auc": found.auc, "eer": found.eer, "tpr_at_fpr_0.01": found.tpr, **dict(found.others)}
            values |= {f"{_JUDGED}/{name}": value for name, value in figures.items() if value is not None}
        yield began + float(scalars.time[place]), step, values


def _began(run_dir: Path) -> float:
    """When a run was made, seconds since 1970."""
    created = read_run(run_dir).created
    try:
        return datetime.fromisoformat(created).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"{run_dir / 'run.json'}: damaged, created must be a time, found {created[:40]!r}") from error


def _value(tag: str, value: float) -> bytes:
    """The message Summary.Value."""
    with np.errstate(over="ignore"):  # beyond float32 it is infinite
        number = struct.pack("<f", np.float32(value))
    return _bytes(1, tag.encode()) + _key(2, _FIXED32) + number


def _bytes(field: int, content: bytes) -> bytes:
    return _key(field, _LENGTH) + _varint(len(content)) + content


def _key(field: int, wire_type: int) -> bytes:
    return _varint(field << 3 | wire_type)


def _varint(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def _make_table() -> tuple[int, ...]:
    table = []
    for crc in range(256):
        for _ in range(8):
            crc = crc >> 1 ^ (_POLYNOMIAL if crc & 1 else 0)
        table.append(crc)
    return tuple(table)


_TABLE = _make_table()
"""The CRC of each byte."""
