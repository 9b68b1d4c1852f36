"""Pictures of every panel with hand-made data, which guard the look; see `rendering` for how they are compared.

`python -m tests.explorer.snapshots.renew [NAME …]` draws them anew after a change that is meant.
"""
