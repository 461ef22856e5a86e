"""The tests; their folders mirror the source. ``builders`` makes facts, ``fakes`` stands in for
what is outside, ``conftest`` gives stores."""
