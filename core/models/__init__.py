"""Backbones, heads, the multi-task model made of them, and running it over many images."""
