"""Everything that has a file, a run or a table."""
