"""`python -m core`: the subcommands of metric-explorer where no Qt is installed."""

import sys

if __name__ == "__main__":
    from core.cli import main

    sys.exit(main(sys.argv[1:], program="python -m core"))
