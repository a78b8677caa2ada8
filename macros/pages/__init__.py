"""The site as pages: which there are, where they stand, what they show, which words they explain.

In: a `Site` and a `Programme`. Out: the list of pages, and what templates loop over.
"""
