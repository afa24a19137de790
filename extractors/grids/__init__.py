"""Context from tables: which row labels, column headers and keys govern each figure of a grid."""

from extractors.grids.read import read_grid

__all__ = ["read_grid"]
