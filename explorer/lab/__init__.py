"""The lab: live pictures for people who are new to metric learning, over the functions that a run uses itself."""
