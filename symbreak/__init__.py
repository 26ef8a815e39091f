"""Small numpy networks that show why a neural network may not start from zero.

The modules follow the flow of data: `datasets` gives X and Y, `initializers` the starting
parameters, `logistic` and `network` train them, `symmetry` measures which hidden units are still
the same unit, `diagnosis` reads a run, `printing` shows the numbers.
"""

from symbreak import activations, datasets, initializers, logistic, network, symmetry
from symbreak.diagnosis import diagnose
from symbreak.printing import show

__all__ = [
    "activations",
    "datasets",
    "diagnose",
    "initializers",
    "logistic",
    "network",
    "show",
    "symmetry",
]
__version__ = "0.1.0"
