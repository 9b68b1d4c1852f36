"""The command `metric-explorer`: the window, or one of core's subcommands."""

import sys


def main() -> int:
    """Run the command and return its exit code; imports nothing before it knows what is asked."""
    from multiprocessing import freeze_support

    freeze_support()
    arguments = sys.argv[1:]
    if arguments and not arguments[0].startswith("-"):
        from core.cli import main as run_command

        return run_command(arguments)
    from explorer.app import run_window

    return run_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
