"""Properties are tested for what holds, never for how fast it is."""

from hypothesis import settings

settings.register_profile("dragoman", deadline=None)
settings.load_profile("dragoman")
