"""JAX: a step is one jitted function, whose parameters and optimizer state are updated in place."""

import os

import jax
import jax.numpy as jnp
from jax import lax, nn
from peer import serve

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-7


def dense(p, name, x):
    return x @ p[f"{name}/kernel"] + p[f"{name}/bias"]


def mlp(case):
    activation = {"relu": nn.relu, "tanh": jnp.tanh}[case["activation"]]
    return lambda p, x: dense(p, "out", activation(dense(p, "hidden", x)))


def cnn(_case):
    def block(p, name, x):
        y = lax.conv_general_dilated(x, p[f"{name}/kernel"], (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        window = (1, 2, 2, 1)
        return lax.reduce_window(nn.relu(y + p[f"{name}/bias"]), -jnp.inf, lax.max, window, window, "VALID")

    def logits(p, x):
        x = block(p, "conv2", block(p, "conv1", x))
        return dense(p, "out", x.reshape(x.shape[0], -1))

    return logits


def lstm(_case):
    def logits(p, x):
        def cell(state, projected):
            h, c = state
            i, f, g, o = jnp.split(projected + h @ p["lstm/recurrentKernel"], 4, axis=1)
            c = nn.sigmoid(f) * c + nn.sigmoid(i) * jnp.tanh(g)
            return (nn.sigmoid(o) * jnp.tanh(c), c), None

        zeros = jnp.zeros((x.shape[0], p["lstm/recurrentKernel"].shape[0]))
        projected = jnp.swapaxes(dense(p, "lstm", x), 0, 1)  # one product for all steps
        (h, _), _ = lax.scan(cell, (zeros, zeros), projected)
        return dense(p, "out", h)

    return logits


MODELS = {"mlp": mlp, "cnn": cnn, "lstm": lstm}


def softmax_cross_entropy(y, z):
    return -jnp.mean(jnp.sum(y * nn.log_softmax(z), axis=1))


def sigmoid_cross_entropy(y, z):
    return jnp.mean(jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z))))


LOSSES = {"softmaxCrossEntropy": softmax_cross_entropy, "sigmoidCrossEntropy": sigmoid_cross_entropy}


def sgd(rate):
    def update(parameters, gradients, state):
        return jax.tree.map(lambda p, g: p - rate * g, parameters, gradients), state

    return lambda parameters: (), update


def adam(rate):
    def start(parameters):
        return jnp.int32(0), jax.tree.map(jnp.zeros_like, parameters), jax.tree.map(jnp.zeros_like, parameters)

    def update(parameters, gradients, state):
        t, m, v = state
        t = t + 1
        m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, gradients)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, gradients)
        first, second = 1 - BETA1**t, 1 - BETA2**t
        moved = lambda p, m, v: p - rate * (m / first) / (jnp.sqrt(v / second) + EPSILON)
        return jax.tree.map(moved, parameters, m, v), (t, m, v)

    return start, update


OPTIMIZERS = {"sgd": sgd, "adam": adam}


def prepare(case, arrays):
    x, y = jnp.asarray(arrays.pop("x")), jnp.asarray(arrays.pop("y"))
    parameters = {name: jnp.asarray(array) for name, array in arrays.items()}
    logits, loss_of = MODELS[case["model"]](case), LOSSES[case["loss"]]
    start, update = OPTIMIZERS[case["optimizer"]](case["learningRate"])

    def train(parameters, state, x, y):
        loss, gradients = jax.value_and_grad(lambda p: loss_of(y, logits(p, x)))(parameters)
        return loss, *update(parameters, gradients, state)

    train = jax.jit(train, donate_argnums=(0, 1))
    state = start(parameters)

    def step():
        nonlocal parameters, state
        loss, parameters, state = train(parameters, state, x, y)
        return float(loss)  # waits for it

    return step


processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
serve({"version": f"JAX {jax.__version__}", "threads": processors}, prepare)
