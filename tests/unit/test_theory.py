import numpy as np
import pytest

from symbreak import datasets, initializers, network, theory

FLOWER = datasets.flower()
UNBALANCED = datasets.unbalance(*FLOWER, label=0, drop=100)


def at_base_rate(Y, n_h=4, n_x=2):
    zeros = initializers.zeros((n_x, n_h, 1))
    return zeros | {"b2": np.full((1, 1), np.log(Y.mean() / (1 - Y.mean())))}


def test_the_label_entropy_of_the_course_images_is_0_6440():
    Y = np.array([[1] * 72 + [0] * 137])
    assert theory.label_entropy(Y) == pytest.approx(0.643974, abs=1e-6)


def test_one_label_only_has_entropy_zero():
    assert str(theory.label_entropy([[1, 1]])) == "0.0"  # with no minus sign


def test_the_label_entropy_is_the_lowest_cost_of_a_constant_answer():
    _, Y = UNBALANCED
    costs = [network.compute_cost(np.full(Y.shape, b), Y) for b in np.linspace(-2, 2, 4001)]
    assert min(costs) == pytest.approx(theory.label_entropy(Y), abs=1e-6)


@pytest.mark.parametrize("b2", [0.0, None, -1.5])
def test_the_signal_is_the_gradient_per_outgoing_weight(b2):
    X, Y = UNBALANCED
    start = at_base_rate(Y) if b2 is None else at_base_rate(Y) | {"b2": [[b2]]}
    start = start | {"W2": [[0.0, 1.0, 0.0, 0.0]]}  # one unit passes the error down
    grads = network.backward(start, network.forward(X, start)[1], X, Y)
    C = theory.signal(X, Y, b2)
    np.testing.assert_allclose(grads["dW1"][1], C[:2, 0], atol=1e-12)
    np.testing.assert_allclose(grads["db1"][1], C[2], atol=1e-12)


def test_at_the_base_rate_the_signal_is_the_distance_of_the_class_means():
    X, Y = UNBALANCED
    means = [X[:, Y[0] == label].mean(axis=1) for label in (0, 1)]
    p = Y.mean()
    C = theory.signal(X, Y)
    np.testing.assert_allclose(C[:2, 0], p * (1 - p) * (means[0] - means[1]), atol=1e-12)
    assert abs(C[2, 0]) < 1e-12


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: theory.signal([[1, 2]], [[1, 1]]), "Y must hold both labels .* got only 1"),
        (lambda: theory.signal([[1, 2]], [[0, 0]]), "Y must hold both labels .* got only 0"),
    ],
)
def test_what_the_theory_does_not_cover_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
