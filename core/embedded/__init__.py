"""Embeddings of very large sets: written a part at a time, kept in shards, read without loading them all."""
