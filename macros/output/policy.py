"""What a page may load and do: its Content-Security-Policy.

Each page says it itself, for hosts that send no headers. `server/nginx.conf` sends the same and,
what only a header can say, who may show the page in a frame.
"""

from markupsafe import Markup

# Within double quotes nothing of it needs an escape.
POLICY = Markup(
    "; ".join(
        (
            "default-src 'none'",  # what is not named below does not run
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self' mailto:",
            "base-uri 'none'",
        )
    )
)
