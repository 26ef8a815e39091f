"""Which hidden units are the same unit: cases that every implementation of the rule must share."""

from dataclasses import dataclass

import numpy as np

KINDS = {"equal": "sigmoid", "sign": "tanh", "factor": "relu"}  # kind of tie -> who has it
X = np.array([[0.5, 1, 2, 1, 0.3, 2], [1, 0.2, 1, 2, 0.4, 3]])
A, B, C = [1, 2, 0.5], [3, -1, 0.2], [0.4, 1, -0.3]  # rows [w | b]; all live on X with ReLU
O = [0, 0, 0]


@dataclass(frozen=True)
class Units:
    """A layer: rows [w | b], outgoing weights, groups for each kind, functions of the input."""

    rows: list
    outgoing: list
    groups: tuple  # for the kinds equal, sign, factor: the units that are not alone
    widths: tuple  # for sigmoid, tanh, ReLU
    to_the_eye: list | None = None  # the groups in a picture, if these are not the equal units

    def parameters(self):
        rows = np.array(self.rows, dtype=float)
        W2 = np.array([self.outgoing], dtype=float)
        return {"W1": rows[:, :2], "b1": rows[:, 2:], "W2": W2, "b2": np.zeros((1, 1))}

    def tied(self, kind):
        return whole(self.groups[list(KINDS).index(kind)], len(self.rows))

    def width(self, kind):
        return self.widths[list(KINDS).index(kind)]


def whole(groups, n):
    """Add the units that are alone."""
    tied = [group for group in groups if group]
    return sorted(
        [*tied, *([unit] for unit in range(n) if not any(unit in group for group in tied))]
    )


def times(k, row):
    return [k * number for number in row]


UNITS = {
    "all different": Units([A, B, C], [1, 2, -1.5], ([], [], []), (3, 3, 3)),
    "equal": Units([A, B, A], [1, 2, 1], ([[0, 2]],) * 3, (2, 2, 2)),
    "opposite": Units([A, times(-1, A), B], [1, -1, 2], ([], [[0, 1]], []), (3, 2, 2)),
    "opposite and equal": Units(
        [A, times(-1, A), A], [1, -1, 1], ([[0, 2]], [[0, 1, 2]], [[0, 2]]), (2, 1, 1)
    ),
    "multiples": Units([A, times(2, A), B], [1, 2, 2], ([], [], [[0, 1]]), (3, 3, 2)),
    "small multiples": Units([A, times(1e-6, A), B], [1, 1e-6, 2], ([], [], [[0, 1]]), (3, 3, 2)),
    "opposite and twice": Units([A, times(-2, A), B], [1, -2, 2], ([], [], []), (3, 3, 2)),
    "equal rows only": Units([A, A, B], [1, 2, 2], ([], [], []), (2, 2, 2)),
    "opposite rows only": Units([A, times(-1, A), B], [1, 1, 2], ([], [], []), (3, 2, 2)),
    "multiple rows only": Units([A, times(2, A), B], [1, 1, 2], ([], [], []), (3, 3, 2)),
    "multiples that send nothing": Units(
        [A, times(2, A), B], [0, 0, 2], ([], [], [[0, 1]]), (3, 3, 2)
    ),
    "all zero": Units([O] * 4, [0] * 4, ([[0, 1, 2, 3]],) * 3, (0, 0, 0)),
    "zero beside equal": Units([O, A, A, O], [0, 1, 1, 0], ([[0, 3], [1, 2]],) * 3, (1, 1, 1)),
    "zero rows": Units([O] * 3, [1, 2, -1], ([], [[0, 2]], [[0, 1]]), (0, 0, 0)),
    "zero weights": Units([[0, 0, 0.3], [0, 0, 0.4]], [1, 1], ([], [], []), (0, 0, 0)),
    "small beside large": Units(
        [times(1e10, A), times(1e-3, B), times(1e-3, C)], [1e10, 1e-3, 2e-3], ([], [], []),
        (3, 3, 3), [[1, 2]],
    ),
    "small copies beside large": Units(
        [times(1e10, A), times(1e-3, B), times(1e-3, B)], [1e10, 2e-3, 2e-3], ([[1, 2]],) * 3,
        (2, 2, 2),
    ),
    "small rows, large outgoing": Units(
        [times(1e-9, A), times(1e-9, B), times(1e-9, C)], [1, 1, 1], ([], [], []), (3, 3, 3)
    ),
    "rounding, 1e-8": Units(
        [A, [1 + 1e-8, 2 - 1e-8, 0.5], B], [1, 1 + 1e-8, 2], ([[0, 1]],) * 3, (2, 2, 2)
    ),
    "rounding to zero": Units([O, times(1e-17, A), A], [1e-17, 0, 1], ([[0, 1]],) * 3, (1, 1, 1)),
    "tiny": Units([times(1e-14, [0.9, 2, 0.5]), A], [1e-14, 1], ([], [], []), (2, 2, 2)),
    "apart by 5 %": Units([A, [1.05, 2, 0.5], B], [1, 1, 2], ([], [], []), (3, 3, 3)),
    "dead ReLU": Units([A, [-1, -2, -3], B], [1, 0.5, 2], ([], [], []), (3, 3, 2)),
}  # fmt: skip
