"""Objects with arrays through a pipe."""

import threading
from multiprocessing import Pipe

import numpy as np
import pytest

from core.projection.messages import ProjectionRequest
from core.projection.pipe import receive, send


@pytest.mark.parametrize("count", [0, 1, 200_000])
@pytest.mark.parametrize("step", [1, 2])
def test_arrays_arrive_whole(count, step):
    embeddings = np.arange(3 * count, dtype=np.float32).reshape(count, 3)[::step]
    sent = ProjectionRequest(5, embeddings, np.arange(len(embeddings)), "tsne", seed=1)
    near, far = Pipe()
    sender = threading.Thread(target=send, args=(near, sent))
    sender.start()
    found = receive(far)
    sender.join()
    near.close()
    far.close()
    np.testing.assert_array_equal(found.embeddings, embeddings)
    np.testing.assert_array_equal(found.sample_ids, sent.sample_ids)
    assert (found.generation, found.method, found.initial, found.seed) == (5, "tsne", None, 1)


def test_closed_end():
    near, far = Pipe()
    near.close()
    with pytest.raises(EOFError):
        receive(far)
    far.close()
