"""The same indicator over lists, sheets, tables, documents and years: which facts are about one thing, and why it was thought so.

`forms` gathers what each document says under one name, `names` and `likeness` weigh two names and what stands under them, `editions` takes the
documents of one publisher in the order of their years, `aliases` is what a person decided, `tables` makes the rows.
"""
