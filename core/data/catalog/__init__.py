"""Data sets that others have published: where they are fetched from, under which licence, and how they are laid out."""
