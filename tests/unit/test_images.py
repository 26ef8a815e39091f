import sys

import h5py
import numpy as np
import pytest

from symbreak import datasets


@pytest.fixture
def files(tmp_path):
    """Two small files of the right form."""
    paths = []
    for part, m in (("train", 3), ("test", 2)):
        path = tmp_path / f"{part}.h5"
        with h5py.File(path, "w") as file:
            images = np.arange(m * 4 * 4 * 3).reshape(m, 4, 4, 3).astype(np.uint8)
            file[f"{part}_set_x"], file[f"{part}_set_y"] = images, np.arange(m) % 2
        paths.append(path)
    return paths


def test_an_image_becomes_a_column_between_0_and_1(files):
    X_train, Y_train, X_test, Y_test = datasets.load_cats(*files)
    assert (X_train.shape, X_test.shape) == ((48, 3), (48, 2))
    assert X_train[:3, 1].tolist() == [48 / 255, 49 / 255, 50 / 255]
    assert Y_train.tolist() == [[0.0, 1.0, 0.0]]
    assert X_train.dtype == Y_test.dtype == np.float64


def test_a_missing_file_is_named(files, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"test: there is no file .*nowhere\.h5"):
        datasets.load_cats(files[0], tmp_path / "nowhere.h5")


def test_the_two_files_exchanged_is_a_missing_key(files):
    with pytest.raises(
        ValueError, match=r"lacks the data set 'train_set_x', it holds \['test_set_x'"
    ):
        datasets.load_cats(files[1], files[0])


@pytest.mark.parametrize("content", [b"", b"no image here", None])
def test_what_is_no_hdf5_file_is_refused(files, content):
    text = files[0].read_bytes()[:1500] if content is None else content  # None: cut off
    files[0].write_bytes(text)
    with pytest.raises(ValueError, match=r"train: .* is no HDF5 file, or is cut off"):
        datasets.load_cats(*files)


def test_labels_of_another_length_are_refused(files):
    with h5py.File(files[0], "a") as file:
        del file["train_set_y"]
        file["train_set_y"] = np.zeros(4)
    with pytest.raises(ValueError, match=r"got \(3, 4, 4, 3\) and \(4,\)"):
        datasets.load_cats(*files)


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (np.zeros((3, 4, 4, 1)), np.zeros(3), r"got \(3, 4, 4, 1\) and \(3,\)"),
        (np.zeros((3, 4, 4, 3)), 0, r"got \(3, 4, 4, 3\) and \(\)"),
        (np.zeros((0, 4, 4, 3)), np.zeros(0), "Y must not be empty"),
        (np.zeros((2, 4, 4, 3)), [0, 7], "Y must hold the labels 0 and 1, got 7"),
        (np.full((2, 4, 4, 3), np.nan), [0, 1], "X must be finite, got NaN"),
        ("a text", [0, 1], r"got \(\) and \(2,\)"),
        (None, [0, 1], "lacks the data set 'train_set_x'"),
    ],
)
def test_what_is_no_set_of_labeled_images_is_refused_with_the_file(files, images, labels, message):
    with h5py.File(files[0], "w") as file:
        if images is None:
            file.create_group("train_set_x")
        else:
            file["train_set_x"] = images
        file["train_set_y"] = labels
    with pytest.raises(ValueError, match=rf"train: .*train\.h5.*{message}"):
        datasets.load_cats(*files)


def test_what_is_no_path_is_refused(files):
    with pytest.raises(TypeError, match="test must be the path of a file, got None"):
        datasets.load_cats(files[0], None)


def test_without_h5py_the_reader_is_told_what_to_install(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(ModuleNotFoundError, match="load_cats needs h5py: pip install h5py"):
        datasets.load_cats(*files)


def test_the_digits_are_split_and_labeled():
    X_train, Y_train, X_test, Y_test = datasets.load_digits(3, m_train=1000)
    assert (X_train.shape, X_test.shape) == ((64, 1000), (64, 797))
    assert (Y_train.shape, Y_test.shape) == ((1, 1000), (1, 797))
    assert Y_train.sum() + Y_test.sum() == 183
    assert (X_train.min(), X_train.max()) == (0, 1)


@pytest.mark.parametrize("digit", [0, 9])
def test_the_first_and_the_last_digit_are_digits(digit):
    _, Y_train, _, Y_test = datasets.load_digits(digit)
    assert 170 < Y_train.sum() + Y_test.sum() < 190


@pytest.mark.parametrize(
    ("digit", "m_train", "message"),
    [(10, 1200, "digit must be at most 9, got 10"), (3, 1797, "m_train must be at most 1796")],
)
def test_a_digit_or_a_split_that_does_not_exist_is_refused(digit, m_train, message):
    with pytest.raises(ValueError, match=message):
        datasets.load_digits(digit, m_train=m_train)


def test_without_scikit_learn_the_reader_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ModuleNotFoundError, match="load_digits needs scikit-learn: pip install"):
        datasets.load_digits()
