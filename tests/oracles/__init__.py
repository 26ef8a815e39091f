"""Other implementations compute the same runs: PyTorch, scikit-learn, and mpmath at 50 digits."""
