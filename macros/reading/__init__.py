"""Files become a `Site`: the only room that reads data from disk.

In: `data/`, `docs/` and what git knows of earlier days. Out: a `Site`, or every fault there is.
"""
