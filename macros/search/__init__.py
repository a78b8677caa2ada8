"""The finished pages become the search's index, in pieces that a browser fetches as it needs.

In: pages and their HTML. Out: JSON files by path.
"""
