"""Validate what only figures take, in the way of `symbreak.checks`."""

import reprlib

from symbreak import checks


def by_label(name, value):
    """Insist on a dictionary whose keys are labels.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : object
        What was passed.

    Returns
    -------
    dict
        The value.

    Raises
    ------
    TypeError
        If it is no dictionary.
    """
    if not hasattr(value, "items"):
        raise TypeError(
            f"{name} must be a dictionary with labels as keys, got {type(value).__name__}"
        )
    return value


def pair(name, value):
    """Return two numbers: the ends of an axis, or a point.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : object
        What was passed.

    Returns
    -------
    tuple of float
        The two.

    Raises
    ------
    TypeError
        If it does not hold numbers.
    ValueError
        If there are not two, or one is not finite.
    """
    numbers = checks.moderate(name, checks.real_array(name, value))
    if numbers.shape != (2,):
        raise ValueError(f"{name} must be two numbers, got {reprlib.repr(numbers.tolist())}")
    return tuple(numbers.astype(float).tolist())


def ends(name, value):
    """Return the ends of an axis, None if they are left to the data.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : object
        What was passed.

    Returns
    -------
    tuple of float or None
        The ends.

    Raises
    ------
    TypeError
        If it does not hold numbers.
    ValueError
        If there are not two different ones, or one is not finite.
    """
    if value is not None:
        value = pair(name, value)
        if value[0] == value[1]:
            raise ValueError(f"{name} must be two different numbers, got {value[0]:g} twice")
    return value


def texts(name, value):
    """Return a collection of texts as a list.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : object
        What was passed.

    Returns
    -------
    list of str
        The texts.

    Raises
    ------
    TypeError
        If it is no collection, or holds something else.
    """
    elements = list(checks.collection(name, value))
    for element in elements:
        if not isinstance(element, str):
            raise TypeError(f"{name} must hold texts, got {element!r}")
    return elements
