"""Numbers, units, years, names and places of Japanese official figures, read from any string.

The ground floor of the project: pure functions, no I/O beyond the data files of this package, nothing imported from the rest.
Every reader keeps offsets into the string as it was given, so that a caller can always show the printed characters.
"""
