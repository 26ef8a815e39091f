"""What `network.train` is compared with in tests/bench.py: the same descent, written by others."""

import warnings

import numpy as np

# The loop of the course's notebooks: a function for each step, dictionaries between them ---------

HIDDEN = {
    "tanh": (np.tanh, lambda A: 1 - np.power(A, 2)),
    "relu": (lambda Z: np.maximum(0, Z), lambda A: A > 0),
}


def course_forward(X, parameters, g):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = g(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}


def course_cost(cache, Y):
    losses = Y * np.log(cache["A2"]) + (1 - Y) * np.log(1 - cache["A2"])
    return float(-np.sum(losses) / Y.shape[1])


def course_backward(X, Y, parameters, cache, slope):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * slope(cache["A1"])
    return {
        "W1": np.dot(dZ1, X.T) / m,
        "b1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "W2": np.dot(dZ2, cache["A1"].T) / m,
        "b2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


def course_update(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads[name] for name in parameters}


def course(X, Y, parameters, learning_rate, num_iterations, activation="tanh", cost=True):
    g, slope = HIDDEN[activation]
    costs = []
    for _ in range(num_iterations):
        cache = course_forward(X, parameters, g)
        if cost:
            costs.append(course_cost(cache, Y))
        grads = course_backward(X, Y, parameters, cache, slope)
        parameters = course_update(parameters, grads, learning_rate)
    return parameters


# The arithmetic alone ---------------------------------------------------------------------------


def arithmetic(X, Y, parameters, learning_rate, num_iterations):
    """Do the products and sums of `network.train` with tanh, into arrays that are there already.

    Of the ways in which numpy writes them, each is the one that took least: dot and not matmul,
    an operator in place and not a function with ``out``.
    """
    W1, b1, W2, b2 = (parameters[name].copy() for name in ("W1", "b1", "W2", "b2"))
    m = X.shape[1]
    A1, dZ1 = np.empty((len(W1), m)), np.empty((len(W1), m))
    A2, dZ2 = np.empty(Y.shape), np.empty(Y.shape)
    dW1, db1, dW2, db2 = map(np.empty_like, (W1, b1, W2, b2))
    steps = ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2))
    for _ in range(num_iterations):
        np.dot(W1, X, A1)
        A1 += b1
        np.tanh(A1, A1)
        np.dot(W2, A1, A2)
        A2 += b2
        np.negative(A2, A2)
        np.exp(A2, A2)
        A2 += 1.0
        np.divide(1.0, A2, A2)
        np.subtract(A2, Y, dZ2)
        np.dot(dZ2, A1.T, dW2)
        np.add.reduce(dZ2, axis=1, keepdims=True, out=db2)
        np.dot(W2.T, dZ2, dZ1)
        A1 *= A1
        np.subtract(1.0, A1, A1)
        dZ1 *= A1
        np.dot(dZ1, X.T, dW1)
        np.add.reduce(dZ1, axis=1, keepdims=True, out=db1)
        for value, grad in steps:
            grad *= learning_rate / m
            value -= grad
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def products(X, W1, dZ1, num_iterations):
    """Do the two products of an iteration that are large where X is."""
    for _ in range(num_iterations):
        W1 @ X
        dZ1 @ X.T


# Other programs ---------------------------------------------------------------------------------


def pytorch(X, Y, parameters, learning_rate, num_iterations):
    import torch

    torch.set_num_threads(1)
    inputs, labels = torch.tensor(X.T), torch.tensor(Y.T)
    layers = [torch.nn.Linear(*parameters[f"W{k}"].shape[::-1]).double() for k in (1, 2)]
    with torch.no_grad():
        for k, layer in enumerate(layers, start=1):
            layer.weight.copy_(torch.tensor(parameters[f"W{k}"]))
            layer.bias.copy_(torch.tensor(parameters[f"b{k}"][:, 0]))
    model = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1])
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(num_iterations):
        optimizer.zero_grad()
        cost = torch.nn.functional.binary_cross_entropy_with_logits(model(inputs), labels)
        cost.backward()
        optimizer.step()
    trained = {f"W{k}": layer.weight.detach().numpy() for k, layer in enumerate(layers, start=1)}
    biases = {f"b{k}": layer.bias.detach().numpy()[:, None] for k, layer in enumerate(layers, 1)}
    return trained | biases


def scikit_learn(X, Y, parameters, learning_rate, num_iterations):
    """Train from a start of scikit-learn's own: it takes none."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        hidden_layer_sizes=len(parameters["W1"]),
        activation="tanh",
        solver="sgd",
        alpha=0,
        batch_size=X.shape[1],
        learning_rate_init=learning_rate,
        max_iter=num_iterations,
        shuffle=False,
        random_state=1,
        tol=0,
        momentum=0,
        n_iter_no_change=num_iterations + 1,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it did not converge
        model.fit(X.T, Y[0])
    assert model.n_iter_ == num_iterations
    return model
