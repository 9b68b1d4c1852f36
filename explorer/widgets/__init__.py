"""Reusable parts of panels; they know nothing of training."""
