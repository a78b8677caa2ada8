// The contents of a long page stay in reach: once they are out of sight, a button opens them.
const contents = document.querySelector(".toc[aria-labelledby]");
if (contents && "IntersectionObserver" in globalThis && document.documentElement.scrollHeight > 3 * innerHeight) {
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
