// The page of one's own list: each activity as its own page tells it now, on a sheet in large print,
// with one calendar of all. What the address says is taken apart before anything is shown.

import { merged, offer } from "./calendar.js";
import { listed } from "./choice.js";
import { entries, withList } from "./list.js";
import { code } from "./qr.js";

const box = document.querySelector("[data-my-list]");
const root = new URL(document.body.dataset.root, location.href);
const sheet = box.querySelector("[data-sheet]");
const told = box.querySelector("[data-told]");
const ways = box.querySelector(".list-empty");
let list = entries();
// One activity alone, to hang up.
let poster = false;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(Boolean));
  return made;
};
// A text on one line; a time is never parted.
const plain = (words) => words.replace(/\s+/g, " ").trim().replace(/kl\. (?=\d)/g, "kl.\u00a0").replace(/(\d)–(\d)/g, "$1\u2060–\u2060$2");
const text = (page, selector) => plain(page.querySelector(selector)?.textContent ?? "");
const CHANGES = ["tiden", "stedet", "pris, tilmelding eller kontakt"];

async function read(id) {
  const address = new URL(`aktiviteter/${id}/`, root);
  const answer = await fetch(address);
  if (answer.status === 404) return { id, gone: true };
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const own = page.querySelector(".activity[data-offer]");
  return own ? { id, address, page, own } : { id, gone: true };
}

const row = (name, ...value) => (value.some(Boolean) ? element("div", {}, element("dt", {}, name), element("dd", {}, ...value)) : null);

function changed(sign, now) {
  if (!sign || sign === now) return null;
  const parts = CHANGES.filter((_, at) => sign.slice(3 * at, 3 * at + 3) !== now.slice(3 * at, 3 * at + 3));
  const joined = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} og ${parts.at(-1)}` : parts[0];
  return element("p", { className: "notice changed" }, element("strong", {}, "Ændret: "), `${joined} er ikke som dengang, listen blev lavet. Her står det, der gælder nu.`);
}

function without(id) {
  const button = element("button", { type: "button", className: "plain-button" }, "Fjern fra listen");
  button.addEventListener("click", async () => {
    list.delete(id);
    history.replaceState(history.state, "", withList(location.href, list));
    await show();
    (sheet.querySelector("h2, button") ?? told).focus();
  });
  return button;
}

function shown({ id, gone, address, page, own }) {
  if (gone) {
    // Not a word of the address is shown: whoever made it could write anything there.
    return element("li", {}, element("h2", { tabIndex: -1 }, "En aktivitet, der ikke er her mere"),
      element("p", { className: "notice" }, "Aktiviteten er ikke på siden mere."), without(id));
  }
  const next = own.querySelector(".next-time [data-time] time:not([hidden])");
  const off = [...own.querySelectorAll(".next .off")].map((one) => element("p", { className: "off" }, one.textContent.replace(/\s+/g, " ").trim()));
  const steps = [...own.querySelectorAll(".steps > li")].map((step) => element("li", {}, ...[...step.querySelectorAll("p")].map((p) => element("span", {}, p.textContent.trim()))));
  const phone = text(own, "#hvem ~ p .call span, .next .call span").replace(/^Ring\s/, "");
  const lines = [...(own.querySelector("#hvor ~ address")?.childNodes ?? [])].filter((node) => node.nodeName !== "BR").map((node) => node.textContent.trim()).filter(Boolean);
  return element("li", {},
    element("h2", { tabIndex: -1 }, element("a", { href: withList(address, list) }, own.dataset.called)),
    poster && element("p", { className: "poster-what" }, text(own, "#hvad ~ p")),
    changed(list.get(id), own.dataset.sign),
    own.querySelector(".notice.example") && element("p", { className: "note" }, "Eksempel: aktiviteten findes ikke."),
    own.querySelector("[data-gone]") && element("p", { className: "notice" }, text(own, "[data-gone]")),
    element("dl", { className: "sheet-facts" },
      row("Næste gang", next ? plain(next.textContent) : text(own, ".next .gap")),
      row("Hvornår", [...own.querySelectorAll("#hvornaar ~ p > strong")].map((one) => plain(one.textContent)).join(". ")),
      row("Hvor", lines.join(", ") || text(own, "#hvor ~ p")),
      row("Telefon", phone && element("a", { className: "call", href: `tel:+45${phone.replace(/\D/g, "")}` }, phone)),
      row("Godt at vide", text(page, ".page-head .terms-told"))),
    ...off,
    steps.length && element("div", { className: "sheet-visit" }, element("h3", {}, "Første gang"), element("ol", {}, ...steps)),
    element("div", { className: "sheet-code" }, code(address.href, `QR-kode til ${own.dataset.called}`), element("span", { className: "where" }, address.href.replace(/^https?:\/\//, ""))),
    without(id));
}

async function show() {
  if (!list.size) {
    box.dataset.empty = "";
    sheet.replaceChildren();
    told.textContent = "Din liste er tom. Find noget, du har lyst til, og tryk »Læg på min liste«.";
    if (ways) ways.hidden = false;
    return;
  }
  delete box.dataset.empty;
  if (ways) ways.hidden = true;
  poster = list.size === 1 && new URLSearchParams(location.search).has("opslag");
  box.toggleAttribute("data-poster", poster);
  told.textContent = "Henter listen …";
  const found = await Promise.allSettled([...list.keys()].map(read));
  const ready = found.filter((one) => one.status === "fulfilled").map((one) => one.value);
  sheet.replaceChildren(...ready.map(shown));
  const missed = list.size - ready.length;
  const gone = ready.filter((one) => one.gone).length;
  const there = ready.length - gone;
  const damaged = new Set((listed() ?? "").split(".").filter(Boolean)).size - list.size;
  told.textContent = poster && there ? "Opslaget er klar. Print det på A4 eller A5, eller gem det som PDF, når du printer." : [
    there ? `${there === 1 ? "1 aktivitet" : `${there} aktiviteter`}. Det, der står her, er det, der gælder nu.` : "",
    gone ? `${gone} er ikke på siden mere.` : "",
    missed ? `${missed} kunne ikke hentes lige nu. Prøv igen.` : "",
    damaged > 0 ? `${damaged} kunne ikke læses. Måske er adressen skåret over.` : "",
  ].filter(Boolean).join(" ");
  box.querySelector("[data-own-code]").replaceChildren(...[code(location.href, "QR-kode til listen")].filter(Boolean));
  box.querySelector("[data-by-mail]").href = `mailto:?subject=${encodeURIComponent("En liste til dig")}&body=${encodeURIComponent(location.href)}`;
}

box.querySelector("[data-share]").addEventListener("click", async ({ currentTarget }) => {
  try {
    if (navigator.share) await navigator.share({ title: "Min liste", url: location.href });
    else {
      await navigator.clipboard.writeText(location.href);
      currentTarget.textContent = "Adressen er kopieret";
    }
  } catch {
    told.textContent = "Kopiér adressen øverst i din browser.";
  }
});

box.querySelector("[data-take]").addEventListener("click", async () => {
  const every = await Promise.allSettled([...list.keys()].map(async (id) => {
    const answer = await fetch(new URL(`data/v1/aktiviteter/${id}.ics`, root));
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }));
  const texts = every.filter((one) => one.status === "fulfilled").map((one) => one.value);
  if (texts.length) offer(merged(texts, "Min liste"), "min-liste.ics");
  else told.textContent = "Ingen af aktiviteterne har en tid, der kan hentes.";
});

addEventListener("popstate", () => {
  list = entries();
  show();
});
box.querySelector(".list-tools").hidden = false;
box.querySelector("[data-printed]").textContent = new Intl.DateTimeFormat("da-DK", { dateStyle: "long", timeZone: "Europe/Copenhagen" }).format(Date.now());
show();
