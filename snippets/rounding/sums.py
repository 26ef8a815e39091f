"""Columns added in groups: units of one group stay equal, groups separate."""

import numpy as np

from symbreak import datasets, show_table

X, Y = datasets.flower()


def sizes(n_h):  # columns in fours, then a pair, then a single
    return n_h // 4 * [4] + (n_h & 2) // 2 * [2] + (n_h & 1) * [1]


def in_groups(P):  # (n_h, m) -> (n_h,)
    sums, first = [], 0
    for size in sizes(len(P)):
        rows = P[first : first + size].reshape(size, -1, 4 // size)
        running = np.cumsum(rows, axis=1)[:, -1]  # 1, 2 or 4 for each unit
        sums.append(np.cumsum(running, axis=1)[:, -1])
        first += size
    return np.concatenate(sums)


def in_one_order(P):
    return np.einsum("us->u", P)


def train(n_h, add, x, y):
    W1, b1 = np.full_like(x, 0.01, shape=(n_h, 2)), np.zeros_like(x[:1, :1])
    W2, b2, parted = W1[:, 0], b1[0], None
    for iteration in range(1000):
        A1 = np.tanh(W1[:, :1] * x[0] + W1[:, 1:] * x[1] + b1)
        dZ2 = 1 / (1 + np.exp(-(W2 @ A1 + b2))) - y[0]
        dZ1 = W2[:, None] * dZ2 * (1 - A1**2)
        W2, b2 = W2 - 1.2 * add(dZ2 * A1) / 400, b2 - 1.2 * dZ2.mean()
        W1 = W1 - 1.2 * (dZ1[:, None] * x).sum(axis=2) / 400
        b1 = b1 - 1.2 * dZ1.mean(axis=1, keepdims=True)
        if not parted and np.ptp(W1, axis=0).max() > apart:
            parted = iteration
    return len(np.unique(np.c_[W1, b1, W2], axis=0)), parted


x, y = X.astype(np.float32), Y.astype(np.float32)
apart = 0.1
columns = ["n_h", "groups", "different units", "in one order"]
rows = []
for n_h in range(1, 10):
    units, parted = train(n_h, in_groups, X, Y)
    one, _ = train(n_h, in_one_order, X, Y)
    _, parted32 = train(n_h, in_groups, x, y)
    time = f"{parted32 / parted:.1f}" if parted else "-"
    groups = " + ".join(map(str, sizes(n_h)))
    rows.append([n_h, groups, units, one, time])
show_table([*columns, "float32 / float64"], rows)
