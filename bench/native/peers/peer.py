"""What the Python peers share: they read requests, a line of JSON each, and answer so, until their input ends."""

import base64
import json
import os
import sys
import time

import numpy as np


def serve(about, prepare):
    """Says what the peer is, then prepares cases and runs steps. `prepare(case, arrays)` gives a step: no arguments, its loss."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    answer(about)
    step = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                arrays = {name: decode(array) for name, array in request["arrays"].items()}
                step = prepare(request["prepare"], arrays)
                answer({})
            else:
                answer(measure(step, request["steps"]))
        except Exception as e:
            answer({"error": f"{type(e).__name__}: {e}"})


def decode(array):
    values = np.frombuffer(base64.b64decode(array["data"]), dtype="<f4")
    return values.reshape(array["shape"]).astype(np.float32)  # a copy, which can be written to


def measure(step, count):
    """Milliseconds and losses, step by step."""
    ms, losses = [], []
    for _ in range(count):
        start = time.perf_counter()
        loss = step()
        ms.append(1000 * (time.perf_counter() - start))
        losses.append(loss)
    return {"ms": ms, "losses": losses}
