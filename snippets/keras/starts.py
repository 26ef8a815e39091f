"""In Keras, zeros are stuck, a constant makes copies, the default learns."""

# needs: keras torch
# limit: 120 s
import os

os.environ.setdefault("KERAS_BACKEND", "torch")  # or tensorflow, or jax
import keras
from keras import layers
from sklearn.datasets import make_moons

X, y = make_moons(200, noise=0.2, random_state=1)
starts = {
    "zeros": "zeros",
    "constant": keras.initializers.Constant(0.01),
    "default": "glorot_uniform",
}
losses = {}
for name, start in starts.items():
    keras.utils.set_random_seed(1)
    model = keras.Sequential()
    model.add(layers.Dense(4, activation="tanh", kernel_initializer=start))
    model.add(layers.Dense(1, activation="sigmoid", kernel_initializer=start))
    model.compile(keras.optimizers.SGD(0.5), loss="binary_crossentropy")
    fitted = model.fit(X, y, batch_size=200, epochs=1000, verbose=0)
    losses[name] = fitted.history["loss"][-1]
    print(f"{name}: loss {losses[name]:.2f}, kernel of the hidden layer")
    print(model.get_weights()[0].round(2) + 0.0)
