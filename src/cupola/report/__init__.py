"""The report and the terminal answer: they show the tables of a run and compute nothing.

Every number on a page is a cell of a run table; it links to the row that it came from.
"""
