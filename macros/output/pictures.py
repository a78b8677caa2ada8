"""The site's pictures, drawn at build from the mark in the head: icons, and one for sharing."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import font_source_serif_pro
from PIL import Image, ImageDraw, ImageFont

from macros.output.style import tokens

GROUND, INK = (tokens()[name] for name in ("head", "head-ink"))
# Centre, in fortieths of the mark's side, and colour of each ring; as in partials/logo.html.
RINGS = tuple(
    (x, y, tokens()[f"ring-{hue}"])
    for x, y, hue in ((14, 14, "hav"), (26, 14, "eng"), (14, 26, "rav"), (26, 26, "ler"))
)
SIDE, RADIUS, STROKE = 40, 10, 3
ICON, MANIFEST = "assets/ikon.svg", "manifest.webmanifest"
ICONS = {size: f"assets/ikon-{size}.png" for size in (180, 192, 512)}  # 180: phones' home screens
SHARED, SHARED_SIZE = "assets/deling.png", (1200, 630)
_FINE = 2  # drawn larger and shrunk, for smooth edges


@cache
def files(name: str) -> dict[str, bytes]:
    """Path and content of every picture, and of the manifest that names them. name: the site's."""
    return {
        ICON: _svg().encode(),
        **{path: _png(_icon(size)) for size, path in ICONS.items()},
        SHARED: _png(_shared(name)),
        MANIFEST: _manifest(name),
    }


def _svg() -> str:
    rings = "".join(
        f'<circle cx="{x}" cy="{y}" r="{RADIUS}" stroke="{colour}"/>' for x, y, colour in RINGS
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" rx="8" fill="{GROUND}"/>'
        f'<g fill="none" stroke-width="{STROKE}">{rings}</g></svg>\n'
    )


def _rings(picture: Image.Image, left: float, top: float, side: float) -> None:
    draw, scale = ImageDraw.Draw(picture), side / SIDE
    half = STROKE / 2
    for x, y, colour in RINGS:
        box = [
            left + (x - RADIUS - half) * scale,
            top + (y - RADIUS - half) * scale,
            left + (x + RADIUS + half) * scale,
            top + (y + RADIUS + half) * scale,
        ]
        draw.ellipse(box, outline=colour, width=round(STROKE * scale))


def _icon(size: int) -> Image.Image:
    large = Image.new("RGB", (size * _FINE, size * _FINE), GROUND)
    # Within the circle that phones cut icons to.
    _rings(large, 0.1 * size * _FINE, 0.1 * size * _FINE, 0.8 * size * _FINE)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def _shared(name: str) -> Image.Image:
    width, height = (_FINE * side for side in SHARED_SIZE)
    large = Image.new("RGB", (width, height), GROUND)
    side = 0.4 * height
    _rings(large, 0.06 * width, (height - side) / 2, side)
    room = width * 0.94 - (0.06 * width + side + 0.04 * width)
    lines = _lines(name)
    font = _font(height, lines, room)
    ImageDraw.Draw(large).multiline_text(
        (0.06 * width + side + 0.04 * width, height / 2),
        "\n".join(lines),
        fill=INK,
        font=font,
        anchor="lm",
        spacing=font.size * 0.25,
    )
    return large.resize(SHARED_SIZE, Image.Resampling.LANCZOS)


def _lines(name: str) -> list[str]:
    """The name in two lines as even as its words allow; one word in one."""
    words = name.split()
    cuts = range(1, len(words)) or [len(words)]
    best = min(cuts, key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))))
    return list(filter(None, [" ".join(words[:best]), " ".join(words[best:])]))


def _font(height: float, lines: list[str], room: float) -> ImageFont.FreeTypeFont:
    """The largest size, up to a seventh of the height, at which every line fits."""
    path = Path(font_source_serif_pro.__file__).parent / "files/SourceSerifPro-Bold.ttf"
    size = round(height / 7)
    while size > 20:
        font = ImageFont.truetype(str(path), size)
        if max(font.getlength(line) for line in lines) <= room:
            break
        size = round(size * 0.95)
    return font


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
    return out.getvalue()


def _manifest(name: str) -> bytes:
    icons = [
        {"src": ICON, "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": path, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
            for size, path in ICONS.items()
            if size != 180
        ),
    ]
    whole = {
        "name": name,
        "short_name": name.split()[0],
        "lang": "da",
        "start_url": ".",
        "display": "browser",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": icons,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
