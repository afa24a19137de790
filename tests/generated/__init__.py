"""Makes varied Japanese municipal plans as PDF files, with the facts that they state: `python -m tests.generated OUTDIR`."""
