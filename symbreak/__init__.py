"""Small numpy networks that show why a neural network cannot start from zero.

The modules follow the flow of data: `datasets` gives X and Y, `initializers` the starting
parameters, `logistic` and `network` train them, `frameworks` reads those of other packages,
`symmetry` measures which hidden units are still the same unit, `diagnosis` reads a run, `printing`
shows the numbers.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symbreak import activations, datasets, initializers, logistic, network, symmetry
    from symbreak.diagnosis import diagnose
    from symbreak.frameworks import parameters_from
    from symbreak.printing import show, show_table

__all__ = [
    "activations",
    "datasets",
    "diagnose",
    "initializers",
    "logistic",
    "network",
    "parameters_from",
    "show",
    "show_table",
    "symmetry",
]
__version__ = "0.2.0"


def __getattr__(name: str):
    """Import a module when it is first asked for: a result depends on those that it uses."""
    if name == "diagnose":
        return import_module("symbreak.diagnosis").diagnose
    if name == "parameters_from":
        return import_module("symbreak.frameworks").parameters_from
    if name in ("show", "show_table"):
        return getattr(import_module("symbreak.printing"), name)
    if name in __all__:
        return import_module(f"symbreak.{name}")
    raise AttributeError(f"module 'symbreak' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
