"""Validate what only figures take, in the way of `symbreak.checks`."""

import reprlib

from symbreak import checks


def by_label(name, value):
    """Return a dictionary whose keys are labels."""
    if not hasattr(value, "items"):
        raise TypeError(
            f"{name} must be a dictionary with labels as keys, got {type(value).__name__}"
        )
    return value


def floats(name, value):
    """Return finite numbers that can be drawn, as an array."""
    return checks.moderate(name, checks.real_array(name, value)).astype(float)


def ends(name, value):
    """Return the ends of an axis, two different numbers; None if they are left to the data."""
    if value is None:
        return None
    numbers = floats(name, value)
    if numbers.shape != (2,):
        raise ValueError(f"{name} must be two numbers, got {reprlib.repr(numbers.tolist())}")
    low, high = numbers.tolist()
    if low == high:
        raise ValueError(f"{name} must be two different numbers, got {low:g} twice")
    return low, high


def texts(name, value):
    """Return a collection of texts as a list."""
    elements = list(checks.collection(name, value))
    for element in elements:
        if not isinstance(element, str):
            raise TypeError(f"{name} must hold texts, got {element!r}")
    return elements
