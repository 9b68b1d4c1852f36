"""Figures of this program beside those of others, each a command of its own."""

from core.process import settle

settle()  # as the programs do, and as early: before anything imports numpy
