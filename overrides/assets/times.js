// Times in the browser: those that have passed since the site was built vanish; links to a phone's
// map and to subscribe become what this device knows. Every page works without it.

export const now = () => Date.now() / 1000;
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function dropPast(root) {
  const moved = new Set();
  for (const time of all("time[data-over]", root)) {
    if (Number(time.dataset.over) > now()) continue;
    const item = time.closest("[data-time]");
    if (!item) continue;
    const list = item.parentElement;
    item.remove();
    if (list.matches("li, section")) continue; // a called-off time, a line of its own
    const offers = list.closest(".offers");
    if (offers) moved.add(offers);
    const next = list.querySelector("[data-time]:not([hidden])") ?? list.querySelector("[data-time]");
    if (next) next.hidden = false;
    else if (list.querySelector("[data-none]")) list.querySelector("[data-none]").hidden = false;
    else if (!list.children.length && list.matches("p")) list.textContent = "Ingen datoer lige nu";
  }
  for (const list of moved) soonestFirst(list);
}

// A list keeps its order when a card's first time is gone.
function soonestFirst(list) {
  if (list.dataset.sorted) return;
  const start = (card) => Date.parse(card.querySelector(".offer-when time")?.dateTime ?? "9999-12-31");
  list.append(...[...list.children].sort((a, b) => start(a) - start(b)));
}

// Where the site stands, the page knows best: a link to subscribe, if there is none yet.
for (const box of all("[data-subscribe]")) {
  const file = box.querySelector("a[download]");
  if (box.children.length > 1 || !/^https?:$/.test(location.protocol)) continue;
  const link = document.createElement("a");
  link.href = file.href.replace(/^https?:/, "webcal:");
  link.textContent = `Abonnér på ${box.dataset.subscribe}`;
  box.append(link);
}

dropPast(document);

// The next time by itself, for who does not want the whole series.
for (const button of all("[data-once]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    // What has begun already is too late to plan.
    const times = all(".next-time [data-time] time");
    const time = times.find((one) => Date.parse(one.dateTime) / 1000 > now()) ?? times[0];
    if (!time) return;
    const [{ single, offer }, answer] = await Promise.all([import(new URL(button.dataset.script, location.href)), fetch(button.dataset.once)]);
    offer(single(await answer.text(), time.dateTime, time.dataset.ends), "naeste-gang.ics");
  });
}

// The site is made anew every night. If that has stopped, its times must not be trusted.
const TRUSTED = 3; // days
const made = Date.parse(document.body.dataset.made);
if (now() - made / 1000 > TRUSTED * 86400) {
  const day = new Intl.DateTimeFormat("da-DK", { dateStyle: "long", timeZone: "UTC" }).format(made);
  const told = document.createElement("div");
  told.className = "wide stale";
  told.innerHTML = '<p class="notice" role="status"><strong></strong> Tiderne kan være ændret. Spørg, før du tager af sted.</p>';
  told.querySelector("strong").textContent = `Hjemmesiden er ikke opdateret siden ${day}.`;
  document.querySelector("main").prepend(told);
}
// iPhones do not know «geo:»; their own map has an address of its own.
if (/iP(hone|ad|od)/.test(navigator.userAgent)) {
  for (const link of all("a[data-geo]")) {
    link.href = `maps:?q=${link.getAttribute("href").split("q=")[1]}`;
  }
}
