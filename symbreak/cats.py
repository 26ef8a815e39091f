"""The course's images of cats, read from the reader's own copy of the two files."""

from pathlib import Path

import numpy as np

FILES = {"train": ("train_set_x", "train_set_y"), "test": ("test_set_x", "test_set_y")}


def load_cats(train, test):
    r"""Read the images of Course 1, Weeks 2 and 4, from the files of the assignment.

    Parameters
    ----------
    train : str or path
        The file train_catvnoncat.h5, from the folder datasets of the notebook.
    test : str or path
        The file test_catvnoncat.h5, from the same place.

    Returns
    -------
    X_train : ndarray of shape (12288, 209)
        Pixels of the training images, one column per image, between 0 and 1.
    Y_train : ndarray of shape (1, 209)
        Labels: 1. for a cat, else 0.
    X_test : ndarray of shape (12288, 50)
        Pixels of the test images.
    Y_test : ndarray of shape (1, 50)
        Their labels.

    Raises
    ------
    ModuleNotFoundError
        If h5py is not installed.
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no HDF5 file, is cut off, or does not hold images and labels.

    Notes
    -----
    An image of 64 x 64 pixels with 3 colors becomes a column of 12288 numbers, divided by 255.

    Examples
    --------
    >>> load_cats("train_catvnoncat.h5", "test_catvnoncat.h5")
    Traceback (most recent call last):
    FileNotFoundError: train: there is no file train_catvnoncat.h5
    """
    return (*_read(Path(train), "train"), *_read(Path(test), "test"))


def _read(path, part):
    try:
        import h5py
    except ModuleNotFoundError:
        raise ModuleNotFoundError("load_cats needs h5py: pip install h5py") from None
    if not path.is_file():
        raise FileNotFoundError(f"{part}: there is no file {path}")
    try:
        with h5py.File(path, "r") as file:
            for key in FILES[part]:
                if key not in file:
                    raise ValueError(f"{part}: {path} lacks {key!r}, it holds {sorted(file)}")
            images, labels = (file[key][()] for key in FILES[part])
    except OSError as error:
        raise ValueError(f"{part}: {path} is no HDF5 file, or is cut off ({error})") from None
    m = len(labels)
    if images.shape[:1] != (m,) or images.ndim != 4 or labels.ndim != 1 or m == 0:
        raise ValueError(
            f"{part}: {path} must hold images (m, height, width, 3) and labels (m,), "
            f"got {images.shape} and {labels.shape}"
        )
    return images.reshape(m, -1).T / 255.0, labels.reshape(1, -1).astype(np.float64)
