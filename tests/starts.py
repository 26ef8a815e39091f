"""Every initializer, called alike: a test passes all settings, and each takes those it has."""

import inspect

from symbreak.initializers import INITIALIZERS

USES = {name: tuple(inspect.signature(start).parameters) for name, start in INITIALIZERS.items()}
RANDOM = [name for name in INITIALIZERS if "seed" in USES[name]]


def start(name, layer_dims, **settings):
    return INITIALIZERS[name](layer_dims, **{k: settings[k] for k in USES[name] if k in settings})
