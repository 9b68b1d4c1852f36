"""Following a run that another process trains, from its folder."""
