"""A document's pages in, facts out. Knows no file, no parquet and no other document."""
