"""The commands, one a module: `add_options(parser)` says what it takes, `run(options)` does it."""
