"""Read a training run: what its costs mean, and what to change.

>>> from symbreak import diagnose
>>> diagnose([0.6931, 0.6931, 0.6931]).names
('stuck_at_ln_2',)
"""

from .findings import KINDS, Diagnosis, Finding
from .reading import diagnose

__all__ = ["KINDS", "Diagnosis", "Finding", "diagnose"]
