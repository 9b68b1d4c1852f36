"""A place in one of Qt's models, as Qt hands it over."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
"""Where a list or a table begins: it is no part of anything."""
