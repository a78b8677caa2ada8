"""Files become a `Site`: the only room that reads data from disk.

In: `data/`, `docs/` and what git knows to be published. Out: a `Site`, or every fault there is.
"""
