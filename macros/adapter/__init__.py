"""What knows MkDocs, with `hooks.py`, which must lie where `mkdocs.yml` finds it.

In: a project's folder. Out: the site in its place, or why not.
"""
