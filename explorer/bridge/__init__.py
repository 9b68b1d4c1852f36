"""Between the window and core's threads and processes: the only place that starts, polls or ends one.

Every bridge lives on the window's thread. `tick` is called 30 times a second, takes what came in and emits signals.
"""
