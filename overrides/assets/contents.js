// Long pages. Their contents stay in reach: once they are out of sight, a button opens them. On a
// phone the parts fold, and whatever leads into one opens it: a link, the search in the page, print.
const contents = document.querySelector(".toc[aria-labelledby]");
const long = document.documentElement.scrollHeight > 3 * innerHeight;

const parts = long && matchMedia("(max-width: 47.99rem)").matches ? [...document.querySelectorAll("[data-fold]")] : [];
const folds = parts.map((part) => {
  const heading = part.querySelector("h2");
  const rest = document.createElement("div");
  rest.append(...[...part.childNodes].filter((node) => node !== heading));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fold";
  button.append(...heading.childNodes);
  heading.append(button);
  part.append(rest);
  const fold = {
    part,
    open(open) {
      button.setAttribute("aria-expanded", String(open));
      if (open) rest.removeAttribute("hidden");
      else rest.setAttribute("hidden", "until-found");
      tell();
    },
    get isOpen() {
      return !rest.hasAttribute("hidden");
    },
  };
  button.addEventListener("click", () => fold.open(!fold.isOpen));
  rest.addEventListener("beforematch", () => fold.open(true));
  return fold;
});
const all = document.createElement("button");
function tell() {
  all.textContent = folds.every((one) => one.isOpen) ? "Luk alle afsnit" : "Åbn alle afsnit";
}
function lead() {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = place && folds.find(({ part }) => part.contains(place));
  if (!fold) return;
  fold.open(true);
  place.scrollIntoView();
}
if (folds.length > 1) {
  all.type = "button";
  all.className = "plain-button open-all";
  all.addEventListener("click", () => {
    const open = !folds.every((one) => one.isOpen);
    for (const one of folds) one.open(open);
  });
  const row = document.createElement("p");
  row.append(all);
  parts[0].after(row);
}
for (const one of folds) one.open(false);
if (folds.length) {
  lead();
  addEventListener("hashchange", lead);
  // A link to where one has been led already changes no address.
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("a")?.getAttribute("href") === location.hash) lead();
  });
  document.addEventListener("whole", () => {
    for (const one of folds) one.open(true);
  });
}

if (contents && "IntersectionObserver" in globalThis && long) {
  const stays = document.createElement("details");
  stays.className = "toc-stays";
  stays.hidden = true;
  const summary = document.createElement("summary");
  summary.textContent = contents.querySelector("h2").textContent;
  const copy = contents.querySelector("ul").cloneNode(true);
  stays.append(summary, copy);
  document.querySelector("main").append(stays);
  copy.addEventListener("click", () => (stays.open = false));
  stays.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !stays.open) return;
    stays.open = false;
    summary.focus();
  });
  // What is in sight or further down counts as there: only above is it out of reach.
  new IntersectionObserver((seen) => (stays.hidden = seen.at(-1).isIntersecting), { rootMargin: "0px 0px 1000000px 0px" }).observe(contents);
}
