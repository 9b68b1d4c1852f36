"""The gallery of a run: who is enrolled by which images, and who is on another one; `core.Gallery` is its door."""
