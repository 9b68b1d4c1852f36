"""Measure a stored run on its own held-out images or on other data."""
