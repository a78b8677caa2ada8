// The week narrowed to what suits one: the choices stand in the address, as the finder's do.

const week = document.querySelector("[data-week]");
const form = week.querySelector("[data-narrow]");

function narrow() {
  const { gratis, til } = form.elements;
  const hours = [...week.querySelectorAll(".hours > li")];
  for (const hour of hours) {
    const groups = hour.dataset.for.split(" ");
    const suits = (!gratis.checked || "free" in hour.dataset) && (!til.value || groups.includes(til.value) || groups.includes("alle"));
    hour.classList.toggle("unsuited", !suits);
  }
  const shown = hours.filter((hour) => hour.checkVisibility()).length;
  const told = `${shown} ${shown === 1 ? "gang passer" : "gange passer"} til dine valg.`;
  form.querySelector("[role=status]").textContent = gratis.checked || til.value ? told : "";
}

// The page is made at night and read later: which day is today, the browser knows.
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(Date.now());
const tomorrow = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(Date.now() + 86_400_000);
for (const day of week.querySelectorAll("[data-day]")) {
  const heading = day.querySelector("h2");
  const said = { [today]: "I dag", [tomorrow]: "I morgen" }[day.dataset.day];
  if (said) heading.textContent = `${said}, ${heading.textContent.charAt(0).toLowerCase()}${heading.textContent.slice(1)}`;
  if (day.dataset.day < today) {
    day.hidden = true;
    week.querySelector(`.days a[href="#${heading.id}"]`)?.closest("li").remove();
  }
}

for (const list of week.querySelectorAll(".hours:not(:has(li))")) {
  list.replaceWith(Object.assign(document.createElement("p"), { className: "gap", textContent: "Der er ikke mere på listen den dag." }));
}

for (const hour of week.querySelectorAll(".hours > li:not(:has(.off))")) {
  const { dateTime, dataset } = hour.querySelector("time");
  // How long it lasts, not all have told.
  if (Date.parse(dateTime) <= Date.now() && Date.parse(dataset.ends) > Date.now()) hour.querySelector(".note").prepend(Object.assign(document.createElement("strong"), { textContent: "I gang nu" }));
}

if (form) {
  const asked = new URLSearchParams(location.search);
  form.elements.gratis.checked = asked.get("gratis") === "ja";
  form.elements.til.value = asked.get("til") ?? "";
  if (form.elements.til.selectedIndex < 0) form.elements.til.value = "";
  form.hidden = false;
  form.addEventListener("change", () => {
    narrow();
    const address = new URL(location.href);
    for (const [name, value] of [["gratis", form.elements.gratis.checked ? "ja" : ""], ["til", form.elements.til.value]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  });
  narrow();
}
