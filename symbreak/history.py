"""What a training run leaves behind, and what it raises when it diverges."""

from dataclasses import dataclass, field

import numpy as np

from symbreak import checks


@dataclass
class History:
    """Hold the costs and the snapshots recorded while training.

    "At iteration t" means: of the parameters after t updates. 0 is the start.

    Parameters
    ----------
    iterations : ndarray of shape (n_recorded,)
        Iterations at which the cost was recorded.
    costs : ndarray of shape (n_recorded, ...)
        The costs there; the further axes are the run axes, if there are any.
    snapshots : dict
        Maps an iteration to the parameters there.

    Examples
    --------
    >>> history = History(np.array([0]), np.array([0.7]), {0: {"W1": np.ones((4, 2))}})
    >>> iterations, W1 = history.weights("W1")
    >>> iterations.tolist(), W1.shape
    ([0], (1, 4, 2))
    """

    iterations: np.ndarray
    costs: np.ndarray
    snapshots: dict = field(default_factory=dict)

    def weights(self, name):
        """Return one parameter at all snapshots.

        Parameters
        ----------
        name : str
            Name of the parameter, such as "W1".

        Returns
        -------
        iterations : ndarray of shape (n_snapshots,)
            The iterations of the snapshots, ascending.
        values : ndarray of shape (n_snapshots, ...)
            The parameter at these iterations.

        Raises
        ------
        ValueError
            If there are no snapshots, or the parameters have no such name.
        """
        if not self.snapshots:
            raise ValueError("history holds no snapshots; pass train(..., snapshots=iterations)")
        iterations = sorted(self.snapshots)
        checks.known("name", name, self.snapshots[iterations[0]])
        return np.array(iterations), np.array([self.snapshots[t][name] for t in iterations])


class DivergenceError(ArithmeticError):
    """Say that a parameter or the cost is no longer finite, and at which iteration.

    Parameters
    ----------
    iteration : int
        The first iteration at which a parameter or the cost is not finite.
    runs : list
        Indices of the runs that diverged, tuples if there are several run axes; empty for a single
        run.
    history : History
        What was recorded before that iteration.
    """

    def __init__(self, iteration, runs, history):
        where = f" in the runs {', '.join(map(str, runs))}" if runs else ""
        super().__init__(
            f"training diverged: at iteration {iteration} a parameter or the cost is no longer "
            f"finite{where}; a smaller learning_rate may help"
        )
        self.iteration = iteration
        self.runs = runs
        self.history = history
