"""What the headers of two editions of a plan have in common, and whether next year's numbers will be read as this year's were."""


from pipeline.headers.edition import edition_of


__all__ = ["edition_of"]
