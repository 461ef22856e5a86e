"""Towards whom: where a text names its target, and which of its words are about somebody else."""
