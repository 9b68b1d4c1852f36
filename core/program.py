"""How this program starts itself again, as a command in a process of its own."""

import sys


def own_command() -> list[str]:
    """What the name and the arguments of one of its commands are put behind.

    The installed `core` answers, whatever lies in the working folder; in a standalone build the program itself does.
    """
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "core"]
