"""Strategiportal: public strategies as data, rendered into a site people can use.

The path of a datum through the rooms: `reading` takes `data/**` and, after `rules` have judged it,
gives a `Site`; `when` makes the programme of a day of it; `pages` makes an edition, which is all
pages, and a frozen input for each; `output` puts those into templates; `search` indexes the result.
MkDocs knows of it through two thin files only: `define_env` here and `hooks`.
"""


def define_env(env):
    """Register with mkdocs-macros what a hand-written page in `docs/` may call."""
    from macros.pages import markers

    for name in markers.PARTS:
        env.macro(markers.maker(name), name)
