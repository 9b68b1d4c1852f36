"""Event files, read back by a strict reader that shares nothing with the writer but the published format."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Cancelled, InputError
from core.tensorboard import crc32c, event, record, write_tensorboard
from tests.core.stored_runs import write_evaluation, write_run

BEGAN = 1_795_355_264.0
"""2026-11-22T13:47:44 UTC, as GNU date says."""


def reference_crc(data: bytes) -> int:
    """CRC-32C as polynomial division, bit by bit, of the reflected message (RFC 3720, 12.1)."""
    register = 0xFFFFFFFF
    for byte in data:
        for place in range(8):
            bit = (byte >> place & 1) ^ (register & 1)
            register = register >> 1 ^ (0x82F63B78 if bit else 0)
    return register ^ 0xFFFFFFFF


def unmasked(crc: int) -> int:
    """As crc32c::Unmask of tensorflow/core/lib/hash/crc32c.h."""
    rotated = (crc - 0xA282EAD8) & 0xFFFFFFFF
    return (rotated >> 17 | rotated << 15) & 0xFFFFFFFF


def read_records(content: bytes) -> list[bytes]:
    """Every record; both checksums of each must be right, and nothing may be left over."""
    found, place = [], 0
    while place < len(content):
        length, of_length = struct.unpack_from("<QI", content, place)
        assert unmasked(of_length) == reference_crc(content[place : place + 8])
        data = content[place + 12 : place + 12 + length]
        (of_data,) = struct.unpack_from("<I", content, place + 12 + length)
        assert len(data) == length
        assert unmasked(of_data) == reference_crc(data)
        found.append(data)
        place += 16 + length
    assert place == len(content)
    return found


def read_message(data: bytes) -> list[tuple[int, int, Any]]:
    """Field number, wire type and content of every field of a message."""
    fields, place = [], 0

    def varint() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                assert shift <= 70
                return value

    while place < len(data):
        key = varint()
        number, kind = key >> 3, key & 7
        if kind == 0:
            content: Any = varint()
        else:
            size = {1: 8, 5: 4}.get(kind) or (varint() if kind == 2 else -1)
            assert 0 <= size <= len(data) - place
            content = data[place : place + size]
            place += size
        fields.append((number, kind, content))
    return fields


def read_event(data: bytes) -> dict[str, Any]:
    """Time, step, version and values of an Event; a field that is not in event.proto, or there twice, is an error."""
    found: dict[str, Any] = {"step": 0, "version": None, "values": {}}
    fields = read_message(data)
    assert len({number for number, _, _ in fields}) == len(fields)
    for number, kind, content in fields:
        match number, kind:
            case 1, 1:
                (found["time"],) = struct.unpack("<d", content)
            case 2, 0:
                found["step"] = content
            case 3, 2:
                found["version"] = content.decode()
            case 5, 2:
                found["values"] = dict(read_value(inner) for inner in read_message(content))
            case _:
                pytest.fail(f"no field {number} of wire type {kind} in Event")
    return found


def read_value(field: tuple[int, int, Any]) -> tuple[str, float]:
    assert field[:2] == (1, 2)
    (tag_number, tag_kind, tag), (number, kind, value) = read_message(field[2])
    assert (tag_number, tag_kind, number, kind) == (1, 2, 2, 5)
    return tag.decode(), struct.unpack("<f", value)[0]


def read_events(file: Path) -> list[dict[str, Any]]:
    return [read_event(data) for data in read_records(file.read_bytes())]


# --- the pieces


def test_the_check_value_and_the_vectors_of_rfc_3720() -> None:
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA
    assert crc32c(32 * b"\xff") == 0x62A8AB43
    assert crc32c(bytes(range(32))) == 0x46DD794E


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_any_data_is_framed(data: bytes) -> None:
    assert read_records(record(data) + record(b"next")) == [data, b"next"]


@settings(max_examples=60, deadline=None)
@given(
    time=st.floats(allow_nan=False, allow_infinity=False),
    step=st.integers(0, 2**53),
    values=st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=200), st.floats(width=32, allow_nan=False)),
)
def test_any_event_is_read_back(time: float, step: int, values: dict[str, float]) -> None:
    assert read_event(event(time, step, values)) == {"time": time, "step": step, "version": None, "values": values}


def test_protobuf_s_own_parser_reads_it_too() -> None:
    pytest.importorskip("google.protobuf")
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="t", syntax="proto3")
    messages: dict[str, list[tuple[str, int, int | str]]] = {
        "Value": [("tag", 1, kinds.TYPE_STRING), ("simple_value", 2, kinds.TYPE_FLOAT)],
        "Summary": [("value", 1, ".t.Value")],
        "Event": [
            ("wall_time", 1, kinds.TYPE_DOUBLE),
            ("step", 2, kinds.TYPE_INT64),
            ("file_version", 3, kinds.TYPE_STRING),
            ("summary", 5, ".t.Summary"),
        ],
    }
    for name, fields in messages.items():
        message = file.message_type.add(name=name)
        for field, number, kind in fields:
            label = kinds.LABEL_REPEATED if kind == ".t.Value" else kinds.LABEL_OPTIONAL
            each = message.field.add(name=field, number=number, label=label)
            if isinstance(kind, str):
                each.type, each.type_name = kinds.TYPE_MESSAGE, kind
            else:
                each.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    found = message_factory.GetMessageClass(pool.FindMessageTypeByName("t.Event"))()
    found.ParseFromString(event(12.5, 300, {"loss/total": 0.5, "α": -1.0}))
    assert (found.wall_time, found.step) == (12.5, 300)
    assert [(value.tag, value.simple_value) for value in found.summary.value] == [("loss/total", 0.5), ("α", -1.0)]


# --- the whole


def test_a_run_as_events(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    write_evaluation(run, 2, auc=0.75)
    file = write_tensorboard(run, tmp_path / "log" / "deep")
    assert file.parent == tmp_path / "log" / "deep"
    assert "tfevents" in file.name  # which is what TensorBoard looks for
    head, *steps = read_events(file)
    assert head == {"time": BEGAN, "step": 0, "version": "brain.Event:2", "values": {}}
    assert [found["step"] for found in steps] == [1, 2, 3, 4]
    assert [found["time"] for found in steps] == [BEGAN + 0.5 * step for step in (1, 2, 3, 4)]
    expected = {
        "loss/total": 1 / 3,
        "loss/metric": 0.5 / 3,
        "settings/learning_rate": 1e-3,
        "training/active_fraction": 0.25,
    }
    assert steps[2]["values"] == pytest.approx(expected, rel=1e-7)
    judged = {name: value for name, value in steps[1]["values"].items() if name.startswith("held-out/")}
    assert judged == pytest.approx(
        {"held-out/auc": 0.75, "held-out/eer": 0.1, "held-out/tpr_at_fpr_0.01": 0.6}, rel=1e-7
    )
    assert steps[3]["values"]["held-out/auc"] == pytest.approx(0.9)


def test_a_run_that_training_has_written(trained, tmp_path: Path) -> None:
    _, *steps = read_events(write_tensorboard(trained.path, tmp_path))
    lines = trained.metrics()
    assert [found["step"] for found in steps] == [line["step"] for line in lines]
    assert [found["values"]["loss/total"] for found in steps] == [float(np.float32(line["total"])) for line in lines]


def test_what_a_step_has_not_is_left_out_and_what_is_too_large_is_infinite(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", steps=2)
    (run / "metrics.jsonl").write_text(
        '{"step": 1, "epoch": 1, "time": 0, "total": null, "huge": 1e300}\n'
        '{"step": 2, "epoch": 1, "time": 1, "total": NaN, "huge": 1}\n'
    )
    _, first, second = read_events(write_tensorboard(run, tmp_path / "log"))
    assert first["values"] == {"training/huge": float("inf")}
    assert second["values"]["training/huge"] == 1.0
    assert "loss/total" not in second["values"]


def test_a_second_export_takes_the_place_of_the_first_and_other_events_are_left_alone(tmp_path: Path) -> None:
    run, log = write_run(tmp_path / "run"), tmp_path / "log"
    first = write_tensorboard(run, log)
    assert write_tensorboard(run, log) == first
    assert [each.name for each in log.iterdir()] == [first.name]
    other = write_run(tmp_path / "other", created="2026-11-22T13:47:45+00:00")
    with pytest.raises(
        InputError, match="log: must hold no other event files, which TensorBoard would mix in, found events"
    ):
        write_tensorboard(other, log)


def test_runs_that_cannot_be_written(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", created="yesterday")
    with pytest.raises(InputError, match=r"run.json: damaged, created must be a time, found 'yesterday'"):
        write_tensorboard(run, tmp_path / "log")
    (run / "metrics.jsonl").unlink()
    with pytest.raises(InputError, match="has no steps yet"):
        write_tensorboard(run, tmp_path / "log")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file: the event file cannot be written"):
        write_tensorboard(write_run(tmp_path / "good"), tmp_path / "file")
    assert not (tmp_path / "log").exists()


def test_cancelled_it_leaves_no_file(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", steps=2_000)
    told = []

    def watch(share: float) -> None:
        told.append(share)
        if share > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_tensorboard(run, tmp_path / "log", watch)
    assert told == sorted(told)
    assert list((tmp_path / "log").iterdir()) == []
