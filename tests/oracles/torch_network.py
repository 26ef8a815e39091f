"""The network in PyTorch, in float64: samples are rows, gradients come from autograd."""

from functools import partial

import torch
from torch.nn import functional

torch.set_num_threads(1)

ACTIVATIONS = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": functional.relu,
    "leaky_relu": partial(functional.leaky_relu, negative_slope=0.01),
    "identity": torch.nn.Identity(),
}


def leaves(parameters):
    return {
        name: torch.tensor(array, dtype=torch.float64, requires_grad=True)
        for name, array in parameters.items()
    }


def arrays(tensors):
    return {name: tensor.detach().numpy().copy() for name, tensor in tensors.items()}


def data(X, Y):
    return torch.tensor(X.T), torch.tensor(Y.T)  # (m, n_x), (m, n_y)


def layers(theta, X, activation, masks=None):
    """Return the inputs A and the outputs Z of the linear maps, layer by layer."""
    masks = {name: torch.tensor(D.T) for name, D in (masks or {}).items()}
    inputs, outputs, A = [], [], X
    for layer in range(1, len(theta) // 2 + 1):
        A = A * masks.get(f"D{layer - 1}", 1)
        inputs.append(A)
        outputs.append(functional.linear(A, theta[f"W{layer}"], theta[f"b{layer}"][:, 0]))
        A = ACTIVATIONS[activation](outputs[-1])
    return inputs, outputs


def cost(Z, Y):
    return functional.binary_cross_entropy_with_logits(Z, Y, reduction="sum") / len(Y)


def gradients(parameters, X, Y, activation, masks=None):
    """Return the cost, its gradients, and the sizes of the terms these are sums of."""
    theta, (X, Y) = leaves(parameters), data(X, Y)
    inputs, outputs = layers(theta, X, activation, masks)
    J = cost(outputs[-1], Y)
    derivatives = torch.autograd.grad(J, [*theta.values(), *outputs])
    grads = {f"d{name}": array for name, array in zip(theta, derivatives)}
    terms = {}
    for layer, (A, dZ) in enumerate(zip(inputs, derivatives[len(theta) :]), 1):
        terms[f"dW{layer}"] = dZ.abs().T @ A.abs()
        terms[f"db{layer}"] = dZ.abs().sum(0)
    return J.item(), arrays(grads), arrays(terms)


def train(X, Y, parameters, activation, optimizer, steps):
    """Return the parameters after each number of steps in `steps`."""
    theta, (X, Y) = leaves(parameters), data(X, Y)
    optimizer, kept = optimizer(theta.values()), {}
    for step in range(1, max(steps) + 1):
        optimizer.zero_grad()
        cost(layers(theta, X, activation)[1][-1], Y).backward()
        optimizer.step()
        if step in steps:
            kept[step] = arrays(theta)
    return kept


def descent(learning_rate):
    return partial(torch.optim.SGD, lr=learning_rate)


def one_step(X, Y, parameters, activation, learning_rate):
    return train(X, Y, parameters, activation, descent(learning_rate), [1])[1]
