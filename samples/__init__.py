"""The generator of the sample PDFs in data/raw and of their truth. See README.md; nothing in the project needs it to run."""
