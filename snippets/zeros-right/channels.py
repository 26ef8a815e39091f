"""In a convolution the units are the filters: equal filters stay equal."""

import numpy as np

from symbreak import activations, show_table

random = np.random.RandomState(0)
Y = np.arange(40) % 2  # label 0: a bright row, label 1: a bright column
images = 0.3 * random.randn(40, 8, 8)
for image, y in zip(images, Y):
    (image.T if y else image)[random.randint(8)] += 1
patches = np.lib.stride_tricks.sliding_window_view(images, (3, 3), (1, 2))
X = patches.reshape(40 * 36, 9).T  # (9, 1440), each 3x3 patch a column

F_random, w_random = random.randn(4, 9) / 10, random.randn(1, 4) / 10
F_constant, w_constant = np.full((4, 9), 0.1), np.full((1, 4), 0.1)
rows = []
for filters, F, weights, w in (
    ("constant", F_constant, "constant", w_constant),
    ("constant", F_constant, "random", w_random),
    ("random", F_random, "zero", np.zeros((1, 4))),
):
    for iteration in range(100):
        H = np.tanh(F @ X).reshape(4, 40, 36)  # filter, image, place
        pooled = (H**2).mean(axis=2)  # (4, 40)
        dZ2 = activations.sigmoid(w @ pooled) - Y  # (1, 40)
        dH = (w.T @ dZ2)[:, :, None] * 2 * H / 36
        dF = (dH * (1 - H**2)).reshape(4, 1440) @ X.T / 40
        F, w = F - dF, w - dZ2 @ pooled.T / 40
    between, within = np.ptp(F, axis=0).max(), np.ptp(F, axis=1).max()
    rows.append([filters, weights, f"{between:.4f}", f"{within:.4f}"])
columns = ["filters", "w", "two filters differ by", "two entries of one by"]
show_table(columns, rows)
