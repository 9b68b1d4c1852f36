"""Saves what is on the screen of DISPLAY as a PNG."""

import sys

from PySide6.QtGui import QGuiApplication

application = QGuiApplication([])
sys.exit(0 if application.primaryScreen().grabWindow(0).save(sys.argv[1]) else 1)
