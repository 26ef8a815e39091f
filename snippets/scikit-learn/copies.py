"""Three of these four hidden units are identical."""

import numpy as np
from sklearn.neural_network import MLPClassifier

model = MLPClassifier(4, activation="tanh", random_state=1)
model.partial_fit([[0, 1], [1, 0]], [0, 1], classes=[0, 1])
model.coefs_ = [np.full((2, 4), 0.01), np.full((4, 1), 0.01)]
model.intercepts_ = [np.array([0, 0, 0, 0.5]), np.zeros(1)]  # the last differs

# Paste from here on, below the lines that train.
W1, W2 = model.coefs_[:2]  # of the hidden layer, and of the one after it
units = np.hstack([W1.T, model.intercepts_[0][:, None], W2])  # (units, numbers)
same = np.isclose(units[:, None], units, rtol=1e-4, atol=1e-6).all(axis=2)
print("hidden unit: the first one identical to it")
print(dict(enumerate(same.argmax(axis=1).tolist())))
