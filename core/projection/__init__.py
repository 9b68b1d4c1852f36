"""Projections: 2-D pictures of embeddings, and the process that draws them beside training."""

from core.projection.alignment import align
from core.projection.methods import METHODS, Method, project

__all__ = ["METHODS", "Method", "align", "project"]
