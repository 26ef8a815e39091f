"""The optimizer remembers what set_weights has replaced, and parts copies."""

# needs: keras torch
# limit: 120 s
import os

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_moons

X, y = make_moons(200, noise=0.2, random_state=1)
for again in ("the old optimizer", "compiled again"):
    keras.utils.set_random_seed(1)
    hidden = layers.Dense(4, activation="tanh")
    model = keras.Sequential([hidden, layers.Dense(1, activation="sigmoid")])
    settings = dict(loss="binary_crossentropy")
    model.compile(keras.optimizers.Adam(0.01), **settings)
    model.fit(X, y, batch_size=200, epochs=100, verbose=0)

    model.set_weights([np.full(w.shape, 0.01) for w in model.get_weights()])
    if again == "compiled again":
        model.compile(keras.optimizers.Adam(0.01), **settings)
    model.fit(X, y, batch_size=200, epochs=100, verbose=0)
    print(f"{again}: kernel")
    print(model.get_weights()[0].round(2) + 0.0)
