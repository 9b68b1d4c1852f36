"""The panels of the window, one a module: it declares its `PANEL`, and is found because it stands here."""
