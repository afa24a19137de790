"""Everything of yojitsu with a file, a run or a table: finds documents, reads them, has them extracted and publishes the tables."""

__version__ = "0.1.0"
