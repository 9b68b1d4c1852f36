import errno

import pytest

from core.errors import InputError, describe, printable


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InputError("margin: too large, found 9"), "margin: too large, found 9"),
        (FloatingPointError("the loss is nan at step 3"), "the loss is nan at step 3"),
        (MemoryError(), "the device ran out of memory; use a smaller batch or image size"),
        (
            RuntimeError("CUDA out of memory. Tried to allocate"),
            "the device ran out of memory; use a smaller batch or image size",
        ),
        (
            RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes"),
            "the device ran out of memory; use a smaller batch or image size",
        ),
        (
            RuntimeError("could not create a primitive"),
            "the device ran out of memory; use a smaller batch or image size",
        ),
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "/data/x: no space left on device"),
        (OSError(errno.ENOSPC, "No space left on device"), "a file: no space left on device"),
        (OSError("odd"), "unexpected OSError: odd"),
        (KeyError("labels"), "unexpected KeyError: 'labels'"),
        (RuntimeError("first line\nsecond line"), "unexpected RuntimeError: first line"),
        (ZeroDivisionError(), "unexpected ZeroDivisionError"),
    ],
)
def test_one_sentence(error: BaseException, sentence: str) -> None:
    assert describe(error) == sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("größe 1\N{NO-BREAK SPACE}% 図.png", "größe 1\N{NO-BREAK SPACE}% 図.png"),
        ("a\0b\r\n\tc", r"a\x00b\r\n\tc"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\udcff.png", r"\udcff.png"),
        ("x" * 2000, "x" * 2000),
        ("x" * 2000 + "y", "x" * 1000 + " … " + "x" * 999 + "y"),
    ],
    ids=ascii,
)
def test_a_message_does_nothing_where_it_is_shown(text: str, shown: str) -> None:
    assert printable(text) == str(InputError(text)) == shown
