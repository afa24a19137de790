"""Mutated documents, each of which must give an outcome: `python -m tests.fuzz --minutes 15 --seed 1`."""
