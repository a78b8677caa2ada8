"""Strategiportal: public strategies as data, rendered into a site people can use.

The path of a datum: `data/**.yml` -> `yaml_source` -> `load` (`model`, `messages`)
-> `checks` -> `Site` -> `pages` and `views` -> `render` -> HTML in the one frame.
MkDocs knows of it through two thin files only: `define_env` here and `hooks`.
"""


def define_env(env):
    """Register with mkdocs-macros what a hand-written page in `docs/` may call."""
    from macros.pages import markers

    for name in markers.NAMES:
        env.macro(markers.maker(name), name)
