import inspect

import numpy as np
import pytest

from symbreak import datasets

DATASETS = [
    name
    for name, draw in inspect.getmembers(datasets, inspect.isfunction)
    if name[0] != "_" and {"m", "seed"} <= {*inspect.signature(draw).parameters}
]


def test_flower_is_the_planar_set_of_the_course_number_for_number():
    X, Y = datasets.flower()
    assert tuple(X[:, 0]) == (1.204442292254319, 3.5761141481288448)
    assert X.sum() == pytest.approx(10.087983277441666, abs=1e-12)
    assert Y.tolist() == [[0.0] * 200 + [1.0] * 200]


# scikit-learn 1.9.1: np.random.seed(seed); make_circles(n_samples=m, noise=0.05)
@pytest.mark.parametrize(
    ("m", "seed", "first", "last", "total"),
    [
        (
            300,
            1,
            (-0.07741354010048114, 0.8526022642742742),
            (-0.061145412565262895, 0.9298264080659127),
            0.10318058999808777,
        ),
        (
            100,
            2,
            (-0.5242373850862546, -0.6091036148461817),
            (0.3438483715909715, -0.9192735912720769),
            -0.418253070660783,
        ),
        (
            7,
            5,
            (0.06837927620836352, -0.7712646156185492),
            (0.7544870924502581, -0.049500947198778934),
            0.0056049355551677435,
        ),
    ],
)
def test_circles_are_those_of_scikit_learn(m, seed, first, last, total):
    X, Y = datasets.circles(m, seed=seed)
    np.testing.assert_allclose(X[:, 0], first, rtol=0, atol=1e-15)
    np.testing.assert_allclose(X[:, -1], last, rtol=0, atol=1e-15)
    assert X.sum() == pytest.approx(total, abs=1e-12)
    assert Y.sum() == m - m // 2


def test_circles_label_the_inner_circle_1():
    X, Y = datasets.circles(60, seed=0, noise=0, factor=0.5)
    radius = np.hypot(*X)
    np.testing.assert_allclose(radius[Y[0] == 0], 1)
    np.testing.assert_allclose(radius[Y[0] == 1], 0.5)


def test_xor_labels_are_those_of_the_sign_of_the_product():
    assert datasets.xor(seed=0)[0].shape == (2, 200)
    X, Y = datasets.xor(100, seed=0, noise=0.05)
    np.testing.assert_array_equal(Y[0], X[0] * X[1] < 0)


def test_blobs_are_separated_by_the_line_x1_plus_x2_equals_0():
    X, Y = datasets.blobs(100, seed=0, noise=0.1)
    np.testing.assert_array_equal(Y[0], X.sum(axis=0) > 0)


def test_moons_lie_on_two_half_circles():
    X, Y = datasets.moons(101, seed=0, noise=0)
    upper, lower = X[:, Y[0] == 0], X[:, Y[0] == 1] - np.array([[1.0], [0.5]])
    np.testing.assert_allclose(np.hypot(*upper), 1)
    np.testing.assert_allclose(np.hypot(*lower), 1)
    assert upper[1].min() > -1e-12
    assert lower[1].max() < 1e-12


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_has_the_shapes_of_the_course_and_balanced_float_labels(name):
    X, Y = getattr(datasets, name)(m=20, seed=3)
    assert (X.shape, X.dtype, Y.shape, Y.dtype) == ((2, 20), np.float64, (1, 20), np.float64)
    assert Y.mean() == 0.5
    assert set(np.unique(Y)) == {0, 1}


@pytest.mark.parametrize("name", DATASETS)
def test_same_seed_same_data_and_the_global_generator_is_untouched(name):
    before = np.random.get_state()[1].copy()
    first, again, other = (getattr(datasets, name)(m=20, seed=seed)[0] for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


def test_unbalance_removes_the_first_samples_of_one_class():
    X, Y = np.array([[1, 2, 3, 4, 5]]), np.array([[1, 0, 1, 0, 1]])
    X_left, Y_left = datasets.unbalance(X, Y, label=1, drop=2)
    assert X_left.tolist() == [[2, 4, 5]]
    assert Y_left.tolist() == [[0, 0, 1]]
    assert X.shape == (1, 5)


def test_unbalance_may_remove_a_whole_class():
    X, Y = datasets.unbalance([[1, 2, 3]], [[0, 1, 0]], label=0, drop=2)
    assert (X.tolist(), Y.tolist()) == ([[2.0]], [[1.0]])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: datasets.flower(5), ValueError, "m must be even, got 5"),
        (lambda: datasets.flower(seed=-1), ValueError, "seed must be at least 0, got -1"),
        (lambda: datasets.flower(seed=True), TypeError, "seed must be an integer, got True"),
        (lambda: datasets.flower(seed=2**32), ValueError, r"seed must be at most 4294967295"),
        (lambda: datasets.circles(0), ValueError, "m must be at least 2, got 0"),
        (lambda: datasets.xor(2.5, seed=1), TypeError, "m must be an integer, got 2.5"),
        (lambda: datasets.moons(seed=1, noise=-1), ValueError, "noise must be at least 0, got -1"),
        (lambda: datasets.blobs(seed=1, noise="a"), TypeError, "noise must be a number, got 'a'"),
        (
            lambda: datasets.unbalance([[1, 2]], [[0, 1]], drop=2),
            ValueError,
            "drop must leave samples: class 0 has 1 of 2, got 2",
        ),
        (
            lambda: datasets.unbalance([[1, 2]], [[0, 1]], label=2, drop=1),
            ValueError,
            "label must be at most 1, got 2",
        ),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
