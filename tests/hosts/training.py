"""Plain gradient descent for the stand-ins, independent of symbreak."""

import numpy as np

SLOPES = {
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda z: np.where(z > 0, z, 0.0), lambda a: np.where(a > 0, 1.0, 0.0)),
}


def outputs(X, parameters, hidden):
    """Return what each layer says, the data first."""
    L = len(parameters) // 2
    said = [X]
    for k in range(1, L + 1):
        z = parameters[f"W{k}"].dot(said[-1]) + parameters[f"b{k}"]
        said.append(SLOPES[hidden][0](z) if k < L else 1 / (1 + np.exp(-z)))
    return said


def descend(X, Y, parameters, rate, steps, hidden, report):
    """Call report(i, cost) before step i; return the parameters after the last."""
    m = X.shape[1]
    for i in range(steps):
        said = outputs(X, parameters, hidden)
        report(i, float(-np.where(Y == 1, np.log(said[-1]), np.log(1 - said[-1])).mean()))
        error, moved = (said[-1] - Y) / m, {}
        for k in range(len(parameters) // 2, 0, -1):
            W, b = parameters[f"W{k}"], parameters[f"b{k}"]
            moved[f"W{k}"] = W - rate * error.dot(said[k - 1].T)
            moved[f"b{k}"] = b - rate * error.sum(axis=1, keepdims=True)
            if k > 1:
                error = W.T.dot(error) * SLOPES[hidden][1](said[k - 1])
        parameters = moved
    return parameters


def share_right(X, Y, parameters, hidden):
    return float(((outputs(X, parameters, hidden)[-1] > 0.5) == (Y == 1)).mean())
