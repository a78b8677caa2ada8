"""The site as pages: which there are, where they stand, what each shows, which words they explain.

In: a `Site` and a `Programme`. Out: an `Edition`, and a frozen input for each page's template.
"""
