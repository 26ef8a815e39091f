"""The boxes that a reader pastes into a course notebook: other starts, and a check of the result.

A box is plain numpy. Its text is what pages show, what examples execute and what tests paste.

>>> print(box("planar", "constant").splitlines()[0])
# Start: all weights 0.01, biases zero. For Course 1, Week 3.
"""

from symbreak.paste.boxes import EXPERIMENTS, NOTEBOOKS, Experiment, Notebook, box, start
from symbreak.paste.check import check_box

__all__ = ["EXPERIMENTS", "NOTEBOOKS", "Experiment", "Notebook", "box", "check_box", "start"]
