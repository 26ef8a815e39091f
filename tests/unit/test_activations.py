import numpy as np
import pytest
from functions import FUNCTIONS

from symbreak.activations import ACTIVATIONS, sigmoid

Z = np.random.RandomState(0).randn(5, 7)


def test_each_function_is_the_one_that_is_written_anew():
    assert set(FUNCTIONS) == set(ACTIVATIONS)
    for name, g in FUNCTIONS.items():
        np.testing.assert_allclose(ACTIVATIONS[name].function(Z), g(Z, np.exp), rtol=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivative_from_the_output_matches_central_differences(name):
    g, h = ACTIVATIONS[name], 1e-6
    expected = (g.function(Z + h) - g.function(Z - h)) / (2 * h)
    assert np.abs(Z).min() > h  # away from the kink
    np.testing.assert_allclose(g.derivative(Z, g.function(Z)), expected, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_odd_and_homogeneous_are_true_of_the_function(name):
    g = ACTIVATIONS[name]
    assert g.name == name
    assert g.odd == np.allclose(g.function(-Z), -g.function(Z))
    assert g.homogeneous == np.allclose(g.function(3 * Z), 3 * g.function(Z))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_smooth_dies_and_saturates_are_true_of_the_function(name):
    g, far, zero, h = ACTIVATIONS[name], np.array([-50.0, 50.0]), np.zeros(1), 1e-9
    left, right = (g.function(zero) - g.function(zero - h)) / h, g.function(zero + h) / h
    assert g.smooth == np.isclose(left, right - g.function(zero) / h, atol=1e-6).item()
    slopes = g.derivative(far, g.function(far))
    assert g.dies == ((g.function(far) == 0) & (slopes == 0)).any()
    assert g.saturates == (np.abs(slopes) < 1e-12).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_function_and_derivative_keep_the_dtype(name, dtype):
    g = ACTIVATIONS[name]
    values = Z.astype(dtype)
    A = g.function(values)
    assert A.dtype == dtype
    assert g.derivative(values, A).dtype == dtype


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_function_writes_where_it_is_told_to(name):
    g, room = ACTIVATIONS[name], np.zeros((6, 7))
    assert g.function(Z, out=room[:-1]).base is room
    np.testing.assert_array_equal(room[:-1], g.function(Z))
    assert not room[-1].any()


def test_relu_has_derivative_zero_and_leaky_relu_its_slope_at_zero():
    zero = np.zeros(1)
    assert ACTIVATIONS["relu"].derivative(zero, zero) == 0
    assert ACTIVATIONS["leaky_relu"].derivative(zero, zero) == 0.01


def test_sigmoid_neither_overflows_nor_loses_small_probabilities():
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array([-1e308, -1000, 1000, 1e308])).tolist() == [0, 0, 1, 1]
    np.testing.assert_allclose(sigmoid(-100.0), np.exp(-100), rtol=1e-14)


def test_sigmoid_values_by_hand():
    np.testing.assert_allclose(sigmoid([0, np.log(3), -np.log(3)]), [1 / 2, 3 / 4, 1 / 4])
