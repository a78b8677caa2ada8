"""What is looked at on a page in the browser, by the product's tests and by `make review`."""

import re
from urllib.parse import urlencode

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told node by node: nearly half the time.
_BRIEF = {"resultTypes": ["violations"]}
EVERY = {"runOnly": {"type": "tag", "values": RULES}, **_BRIEF}
# What a window's size and the colours decide; the rest is the same in every walk.
SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}, **_BRIEF}

LOOK = """() => {
  const shown = (e) => e.checkVisibility();
  const targets = [...document.querySelectorAll(
      "a[href], button, summary, input, select, textarea")].filter(shown);
  const boxes = new Map(targets.map((e) => [e, e.getBoundingClientRect()]));
  const small = targets.filter((e) => !e.closest(".skip, .unseen")).filter((e) => {
    const r = boxes.get(e);
    if (Math.min(r.width, r.height) >= 24) return false;
    // WCAG 2.5.8 leaves out what stands in a sentence, as long as its line is.
    const block = e.closest("p, li, dd, dt, td, figcaption, h1, h2, h3, h4, address, label");
    if (getComputedStyle(e).display === "inline" && block &&
        block.textContent.trim() !== e.textContent.trim()) return false;
    // And what has room: a circle of 24 px around its middle meets no other target.
    const x = r.x + r.width / 2, y = r.y + r.height / 2;
    return targets.some((o) => {
      if (o === e || e.contains(o)) return false;
      const q = boxes.get(o);
      const dx = Math.max(q.left - x, 0, x - q.right), dy = Math.max(q.top - y, 0, y - q.bottom);
      return Math.hypot(dx, dy) < 12;
    });
  }).map((e) => e.outerHTML.slice(0, 90));
  const names = {};
  for (const e of document.querySelectorAll("a[href]")) {
    if (!shown(e)) continue;
    const name = (e.getAttribute("aria-label") ?? e.innerText).trim().toLowerCase();
    (names[name] ??= []).push(e.href);
  }
  const cut = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
    const s = getComputedStyle(e), r = e.getBoundingClientRect();
    return r.width > 2 && s.overflow === "hidden" && e.textContent.trim() &&
      (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
  }).map((e) => e.outerHTML.slice(0, 80));
  return {
    width: document.documentElement.scrollWidth - innerWidth, small, cut,
    twice: Object.entries(names).filter(([, to]) => new Set(to).size > 1).map(([name]) => name),
    kept: [localStorage.length, sessionStorage.length, document.cookie],
    moving: document.getAnimations().length,
    smooth: getComputedStyle(document.documentElement).scrollBehavior,
  };
}"""


def asked(page, address: str, text: str):
    """The results that the page of the search shows for a text, once it has been looked for."""
    page.goto(f"{address}soeg/?{urlencode({'q': text})}")
    page.locator("#hits [data-count]", has_text=re.compile(r"\w")).wait_for()
    return page.locator("#hits")
