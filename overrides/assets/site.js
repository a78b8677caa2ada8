// On every page: the search, fetched when its field is first used. Every page works without it.

const forms = document.querySelectorAll("form[data-search]");

for (const form of forms) {
  const field = form.querySelector("input");
  let search;
  const start = async () => {
    search ??= import(new URL(form.dataset.script, location.href)).then(({ Search }) => new Search(form));
    return search;
  };
  field.addEventListener("focus", start, { once: true });
  field.addEventListener("input", async () => (await start()).later(), { once: true });
  if (new URLSearchParams(location.search).has("q") && form.hasAttribute("data-page")) {
    start().then((search) => search.restore());
  }
}

// «/» leads to the field, as on many sites.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = [...forms].map((form) => form.querySelector("input")).find((one) => one.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
});
