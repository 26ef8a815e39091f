import numpy as np
import pytest

from symbreak.printing import format_matrix, show, show_table


def test_columns_are_aligned_and_zero_has_no_sign():
    A = [[-0.00004, 10.25], [-1, -3e-18]]
    assert format_matrix(A, 2) == "[[ 0.00 10.25]\n [-1.00  0.00]]"
    assert format_matrix(-0.4, 0) == "0"


@pytest.mark.parametrize("value", [1e-300, 1e20, -1e-9])
def test_numbers_are_never_in_scientific_notation(value):
    assert "e" not in format_matrix([[value]])


def test_integers_are_written_without_a_point():
    assert format_matrix(np.array([[1, -20]])) == "[[  1 -20]]"
    assert format_matrix([True, False]) == "[1 0]"


def test_nan_and_infinity_are_written_as_they_are():
    assert format_matrix([np.nan, -np.inf]) == "[ nan -inf]"


def test_extended_floats_keep_their_decimals():
    assert format_matrix(np.array([0.5, 0.25], dtype=np.longdouble)) == "[0.5000 0.2500]"


def test_stacks_are_separated_by_a_blank_line():
    assert format_matrix(np.zeros((2, 1, 2)), 1) == "[[[0.0 0.0]]\n\n [[0.0 0.0]]]"


def test_show_prints_each_array_under_its_name(capsys):
    show({"W1": np.full((2, 2), 0.01), "b1": np.zeros((2, 1))}, decimals=2)
    show(cost=0.6931471, dW2=np.array([[1.0, -1.0]]))
    assert capsys.readouterr().out == (
        "W1 = [[0.01 0.01]\n      [0.01 0.01]]\n"
        "b1 = [[0.00]\n      [0.00]]\n"
        "cost = 0.6931\n"
        "dW2 = [[ 1.0000 -1.0000]]\n"
    )


def test_show_accepts_float32_and_numpy_scalars(capsys):
    show(a=np.float32(0.5), b=np.float64(-0.0), n=np.int64(3))
    assert capsys.readouterr().out == "a = 0.5000\nb = 0.0000\nn = 3\n"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: show([[1, 2]]), "show needs names: .* got list"),
        (lambda: format_matrix([1j]), "format_matrix needs real numbers, got dtype complex128"),
        (lambda: format_matrix(["a"]), "format_matrix needs real numbers"),
        (lambda: format_matrix([1], 2.0), "decimals must be an integer, got 2.0"),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_a_stack_of_matrices_has_a_blank_line_between_them_and_aligned_brackets():
    stack = np.arange(8).reshape(2, 2, 2)
    assert format_matrix(stack) == "[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]"


def test_a_table_with_a_row_too_short_or_a_float_without_digits_is_refused(capsys):
    with pytest.raises(ValueError, match="needs 2 cells in a row, got"):
        show_table(["start", "cost"], [("zeros", "0.693"), ("random",)])
    with pytest.raises(TypeError, match="a float needs its digits"):
        show_table(["start", "cost"], [("zeros", np.float64(0.6931))])
    with pytest.raises(TypeError, match="row must be a collection"):
        show_table(["start", "cost"], ["ab"])
    assert capsys.readouterr().out == ""
    show_table(["start"], [])
    assert capsys.readouterr().out == "| start |\n|---|\n"
