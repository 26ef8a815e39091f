"""The optimizers of the course against torch.optim, with their settings mapped.

================  ==========================================================================
symbreak          torch.optim
================  ==========================================================================
gradient_descent  SGD(lr=alpha)
momentum          SGD(lr=(1 - beta) * alpha, momentum=beta). Torch adds v := beta v + dW, the
                  course v := beta v + (1 - beta) dW: their v are proportional. (Not
                  dampening=1 - beta, which torch leaves out in the first step.)
rmsprop           RMSprop(lr=alpha, alpha=beta, eps=epsilon): epsilon outside the root in both
adam              Adam(lr=alpha, betas=(beta1, beta2), eps=epsilon): bias correction in both,
                  epsilon outside the root and after it in both
================  ==========================================================================

RMSprop and Adam divide a gradient by its own size, which makes two runs part although both are
right. Where a gradient vanishes by symmetry, what is divided is rounding: 1e-17 becomes a step of
alpha * 1e-17 / epsilon. Where it only comes near zero, the rate in effect, alpha / sqrt(s), becomes
thousands and stretches every difference: seen for RMSprop, from 1e-15 to 1e-9 in 20 steps. So for
all starts both take the same gradients, ours, 100 times. Runs with gradients of their own are
compared from random starts, with unbalanced labels, and for these two only for 10 steps.
"""

from functools import partial

import numpy as np
import pytest

from oracles.cases import DEPTHS, LABELS, STEPS, start
from oracles.compare import insist, parameters_deviation
from oracles.torch_network import arrays, leaves, torch, train
from symbreak import network
from symbreak.activations import ACTIVATIONS
from symbreak.initializers import INITIALIZERS
from symbreak.optimizers import OPTIMIZERS

ALPHA, BETA, EPSILON = 0.03, 0.8, 1e-6  # none is a default of symbreak or torch
MAPPED = {
    "gradient_descent": ({}, partial(torch.optim.SGD, lr=ALPHA)),
    "momentum": ({"beta": BETA}, partial(torch.optim.SGD, lr=(1 - BETA) * ALPHA, momentum=BETA)),
    "rmsprop": (
        {"beta": BETA, "epsilon": EPSILON},
        partial(torch.optim.RMSprop, lr=ALPHA, alpha=BETA, eps=EPSILON),
    ),
    "adam": (
        {"beta1": BETA, "beta2": 0.99, "epsilon": EPSILON},
        partial(torch.optim.Adam, lr=ALPHA, betas=(BETA, 0.99), eps=EPSILON),
    ),
}


WITH_OWN_GRADIENTS = {
    "gradient_descent": STEPS,
    "momentum": STEPS,
    "rmsprop": (1, 10),
    "adam": (1, 10),
}


def our_walk(name, settings, X, Y, parameters, activation, steps=100):
    """Return the parameters and the gradients after 0, 1, ... steps."""
    state, points = {}, []
    for _ in range(steps + 1):
        _, cache = network.forward(X, parameters, activation=activation)
        grads = network.backward(parameters, cache, X, Y, activation=activation)
        points.append((parameters, grads))
        parameters, state = OPTIMIZERS[name](
            parameters, grads, state, learning_rate=ALPHA, **settings
        )
    return points


def test_every_optimizer_is_mapped():
    assert set(MAPPED) == set(OPTIMIZERS)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("initializer", INITIALIZERS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_same_gradients_give_the_same_steps(name, initializer, labels):
    X, Y = LABELS[labels]
    settings, torch_optimizer = MAPPED[name]
    points = our_walk(name, settings, X, Y, start(initializer, DEPTHS[3]), "tanh")
    theta = leaves(points[0][0])
    optimizer = torch_optimizer(theta.values())
    for step in range(1, 101):
        for key, tensor in theta.items():
            tensor.grad = torch.tensor(points[step - 1][1][f"d{key}"])
        optimizer.step()
        if step in STEPS:
            deviation = parameters_deviation(points[step][0], arrays(theta))
            insist(f"torch.optim on our gradients: {name}", deviation, 1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("initializer", ["he", "xavier", "sqrt_n"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_runs_with_gradients_of_their_own_agree(name, initializer, activation):
    X, Y = LABELS["unbalanced"]
    settings, torch_optimizer = MAPPED[name]
    parameters = start(initializer, DEPTHS[3])
    assert_runs_agree(name, settings, X, Y, parameters, activation, torch_optimizer)


def assert_runs_agree(name, settings, X, Y, parameters, activation, torch_optimizer):
    steps = WITH_OWN_GRADIENTS[name]
    ours = our_walk(name, settings, X, Y, parameters, activation, max(steps))
    for step, theirs in train(X, Y, parameters, activation, torch_optimizer, steps).items():
        deviation = parameters_deviation(ours[step][0], theirs)
        insist(f"torch.optim, own gradients: {name}", deviation, 1e-12)


def test_the_defaults_are_those_of_torch_except_for_rmsprop():
    """Adam has the same defaults in both; RMSprop needs alpha=0.9, momentum its 0.9."""
    X, Y = LABELS["unbalanced"]
    parameters = start("he", DEPTHS[2])
    for name, torch_optimizer in {
        "momentum": partial(torch.optim.SGD, lr=0.1 * ALPHA, momentum=0.9),
        "rmsprop": partial(torch.optim.RMSprop, lr=ALPHA, alpha=0.9),
        "adam": partial(torch.optim.Adam, lr=ALPHA),
    }.items():
        assert_runs_agree(name, {}, X, Y, parameters, "tanh", torch_optimizer)


def test_torch_dampening_is_not_the_momentum_of_the_course():
    X, Y = LABELS["unbalanced"]
    parameters = start("he", DEPTHS[2])
    (_, grads), (ours, _) = our_walk("momentum", {}, X, Y, parameters, "tanh", 1)
    dampened = partial(torch.optim.SGD, lr=ALPHA, momentum=0.9, dampening=0.9)
    theirs = train(X, Y, parameters, "tanh", dampened, [1])[1]
    np.testing.assert_allclose(theirs["W1"] - parameters["W1"], -ALPHA * grads["dW1"], rtol=1e-9)
    np.testing.assert_allclose(
        ours["W1"] - parameters["W1"], -0.1 * ALPHA * grads["dW1"], rtol=1e-9
    )
