"""The activation functions written anew, for complex numbers as for mpmath's.

Each maps z and the exponential function of such numbers to g(z).
"""

FUNCTIONS = {
    "tanh": lambda z, exp: (exp(z) - exp(-z)) / (exp(z) + exp(-z)),
    "sigmoid": lambda z, exp: 1 / (1 + exp(-z)),
    "relu": lambda z, exp: z * (z.real > 0),
    "leaky_relu": lambda z, exp: z * (z.real > 0) + 0.01 * z * (z.real <= 0),
    "identity": lambda z, exp: z,
}
