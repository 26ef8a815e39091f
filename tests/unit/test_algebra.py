import numpy as np

from symbreak.algebra import cross_entropy, matmul, transpose


def test_merged_product_equals_one_product_per_run():
    random = np.random.RandomState(0)
    W, X = random.randn(2, 3, 4, 5), random.randn(5, 6)
    expected = np.array([[W[i, j] @ X for j in range(3)] for i in range(2)])
    np.testing.assert_allclose(matmul(W, X), expected, rtol=1e-13)
    np.testing.assert_array_equal(matmul(W[0, 0], X), W[0, 0] @ X)


def test_transpose_leaves_the_run_axes_in_front():
    A = np.arange(24).reshape(2, 3, 4)
    np.testing.assert_array_equal(transpose(A)[1], A[1].T)


def test_cross_entropy_equals_the_textbook_formula():
    Z, Y = np.array([[0.3, -2.0], [1.5, 0.1]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    A = 1 / (1 + np.exp(-Z))
    textbook = -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / 2
    np.testing.assert_allclose(cross_entropy(Z, Y), textbook, rtol=1e-14)
