"""Protocols that others can repeat: lists of pairs in folds, one-shot runs, few-shot episodes."""
