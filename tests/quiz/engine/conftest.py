"""Properties are tried on shared machines: how long one example takes says nothing."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, max_examples=80)
settings.load_profile("engine")
