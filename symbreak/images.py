"""Images as columns: scikit-learn's digits, and the course's cats from the reader's own files.

What reads them is imported when it is needed: scikit-learn and h5py are no dependencies of the
package.
"""

import os
from pathlib import Path

import numpy as np

from symbreak import checks

CATS = {"train": ("train_set_x", "train_set_y"), "test": ("test_set_x", "test_set_y")}


def load_digits(digit=8, *, m_train=1200):
    r"""Read the handwritten digits that come with scikit-learn, labeled "is it this digit?".

    Parameters
    ----------
    digit : int, default 8
        The digit with label 1, between 0 and 9.
    m_train : int, default 1200
        Number of training images, between 1 and 1796: the first of the 1797; the rest are for
        testing.

    Returns
    -------
    X_train : ndarray of shape (64, m_train)
        Pixels of 8 x 8 images, one column per image, between 0 and 1.
    Y_train : ndarray of shape (1, m_train)
        Labels: 1. for the digit, else 0.
    X_test : ndarray of shape (64, 1797 - m_train)
        Pixels of the test images.
    Y_test : ndarray of shape (1, 1797 - m_train)
        Their labels.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.

    References
    ----------
    E. Alpaydin and C. Kaynak (1998), "Optical recognition of handwritten digits", UCI Machine
    Learning Repository, test part.

    Examples
    --------
    >>> X_train, Y_train, X_test, Y_test = load_digits()
    >>> X_train.shape, X_test.shape, int(Y_train.sum())
    ((64, 1200), (64, 597), 119)
    """
    digit = checks.integer("digit", digit, 0, 9)
    m_train = checks.integer("m_train", m_train, 1, 1796)
    try:
        from sklearn import datasets
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "load_digits needs scikit-learn: pip install scikit-learn"
        ) from None
    images, names = datasets.load_digits(return_X_y=True)  # (1797, 64), 0 to 16
    X, Y = images.T / 16, (names == digit)[None].astype(np.float64)
    return X[:, :m_train], Y[:, :m_train], X[:, m_train:], Y[:, m_train:]


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
        If the file is no HDF5 file, is cut off, or does not hold images and labels 0 and 1.

    Notes
    -----
    An image of 64 x 64 pixels with 3 colors becomes a column of 12288 numbers, divided by 255.

    Examples
    --------
    >>> load_cats("train_catvnoncat.h5", "test_catvnoncat.h5")
    Traceback (most recent call last):
    FileNotFoundError: train: there is no file train_catvnoncat.h5
    """
    return (*_read(train, "train"), *_read(test, "test"))


def _read(path, part):
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"{part} must be the path of a file, got {path!r}")
    path = Path(path)
    try:
        import h5py
    except ModuleNotFoundError:
        raise ModuleNotFoundError("load_cats needs h5py: pip install h5py") from None
    if not path.is_file():
        raise FileNotFoundError(f"{part}: there is no file {path}")
    try:
        with h5py.File(path, "r") as file:
            for key in CATS[part]:
                if not isinstance(file.get(key), h5py.Dataset):
                    raise ValueError(
                        f"{part}: {path} lacks the data set {key!r}, it holds {sorted(file)}"
                    )
            images, labels = (file[key][()] for key in CATS[part])
    except OSError as error:
        raise ValueError(f"{part}: {path} is no HDF5 file, or is cut off ({error})") from None
    if np.shape(images)[3:] != (3,) or np.shape(labels) != np.shape(images)[:1]:
        raise ValueError(
            f"{part}: {path} must hold images (m, height, width, 3) and labels (m,), "
            f"got {np.shape(images)} and {np.shape(labels)}"
        )
    try:
        Y = checks.labels(labels.reshape(1, -1), 1, len(images))
        return checks.data(images.reshape(len(images), -1).T) / 255.0, Y
    except (TypeError, ValueError) as error:
        raise ValueError(f"{part}: {path}: {error}") from None
