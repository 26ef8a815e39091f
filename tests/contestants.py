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


def arithmetic(X, Y, parameters, learning_rate, num_iterations, fits=2**15):
    """Do the arithmetic of `network.train` with tanh and nothing else; return the parameters.

    Of the ways in which numpy writes it, the one that took least: [W b] in one array, a row of ones
    below the data and below each A, all results into arrays that are there already, and of stacked
    runs a block at a time, of at most `fits` numbers in an array, from its start to its end.
    """
    pairs = [(parameters[f"W{k}"], parameters[f"b{k}"]) for k in range(1, len(parameters) // 2 + 1)]
    layers = [np.concatenate(pair, axis=-1) for pair in pairs]
    blocks = [layers]
    if layers[0].ndim > 2:
        runs, largest = len(layers[0]), max(W.shape[-2] for W in layers) * X.shape[1]
        size = max(1, fits // largest)
        blocks = [[W[k : k + size] for W in layers] for k in range(0, runs, size)]
    for block in blocks:
        calls = _calls(block, X, Y, learning_rate)
        for _ in range(num_iterations):
            for function, arguments in calls:
                function(*arguments)
    split = {f"W{k}": W[..., :-1] for k, W in enumerate(layers, 1)}
    return split | {f"b{k}": W[..., -1:] for k, W in enumerate(layers, 1)}


def _calls(layers, X, Y, learning_rate):
    """Return the calls of numpy that make one step; the last argument of each is its result."""
    m, L, calls = X.shape[1], len(layers), []
    dZ = [None, *(np.empty((*W.shape[:-1], m)) for W in layers)]
    sent = [np.ones((*Z.shape[:-2], Z.shape[-2] + 1, m)) for Z in (X, *dZ[1:-1])]
    sent[0][:-1] = X
    A = [rows[..., :-1, :] for rows in sent]
    for k, W in enumerate(layers, 1):
        calls.append(_product(W, sent[k - 1], dZ[k]))
        if k < L:
            calls.append((np.tanh, (dZ[k], A[k])))
    out = dZ[L]
    calls += [(np.negative, (out, out)), (np.exp, (out, out)), (np.add, (out, 1.0, out))]
    calls += [(np.divide, (1.0, out, out)), (np.subtract, (out, Y, out))]
    calls.append((np.multiply, (out, learning_rate / m, out)))  # the step is in dZ from here on
    for k in range(L, 0, -1):
        W, step = layers[k - 1], np.empty_like(layers[k - 1])
        calls.append(_product(dZ[k], sent[k - 1].swapaxes(-1, -2), step))
        if k > 1:
            slope = np.empty_like(dZ[k - 1])
            calls.append(_product(W[..., :-1].swapaxes(-1, -2), dZ[k], dZ[k - 1]))
            calls += [
                (np.multiply, (A[k - 1], A[k - 1], slope)),
                (np.subtract, (1.0, slope, slope)),
            ]
            calls.append((np.multiply, (dZ[k - 1], slope, dZ[k - 1])))
        calls.append((np.subtract, (W, step, W)))
    return calls


def _product(M, D, out):
    """Return the call that computes M @ D soonest."""
    if D.ndim == 2:
        return np.dot, (M.reshape(-1, M.shape[-1]), D, out.reshape(-1, D.shape[-1]))
    return (np.multiply if M.shape[-1] == 1 else np.matmul), (M, D, out)


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
