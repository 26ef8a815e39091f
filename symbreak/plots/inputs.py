"""Validate what only figures take, in the way of `symbreak.checks`."""


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
