"""The boxes, the check, and the stand-ins for the notebooks: what several tests need of them."""

import contextlib
import io
import re

import numpy as np
import promised

from symbreak import paste

BOXES = [(name, e) for name, host in paste.NOTEBOOKS.items() for e in host.experiments]
TEXTS = [paste.box(*names) for names in BOXES]
LABELS = np.array([[0, 1, 1, 0, 1, 0]])
DATA = {
    "planar": promised.planar_data,
    "initialization": promised.circle_data,
    "application": promised.images,
    "logistic": promised.digits,
}


def host(notebook, generation, data=None, **options):
    """Return the notebook, run down to the cell that trains."""
    return promised.kernel(notebook, generation, data or DATA[notebook], **options)


def costs(printed):
    found = re.findall(r"Cost after iteration (\d+): (\S+)", printed)
    return {int(iteration): float(cost) for iteration, cost in found}


def checked(notebook, parameters, X=None):
    """Return what the check prints of parameters, with data that fit them."""
    if X is None:
        first = parameters[0] if isinstance(parameters, tuple) else parameters
        X = np.random.RandomState(1).randn(first["W1"].shape[1], 6)
    names = dict(zip(paste.NOTEBOOKS[notebook].data, (X, LABELS)))
    names |= {"parameters": parameters, "initialize_parameters": checked}
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        exec(paste.check_box(notebook), names)
    return stream.getvalue()
