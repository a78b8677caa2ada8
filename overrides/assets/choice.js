// One's own municipality: the choice stands in the address (`?kommune=`), or in what the page is
// about, and goes along with the links. It is kept on the device only when the reader asks for it.

const NAME = "kommune";
const EVERY = "alle";

const kept = {
  get() {
    try {
      return localStorage.getItem(NAME);
    } catch {
      return null;
    }
  },
  set(id) {
    try {
      if (id) localStorage.setItem(NAME, id);
      else localStorage.removeItem(NAME);
      return true;
    } catch {
      return false;
    }
  },
};

// One's own list of activities (`list.js`), which goes along too, whatever a page writes into its
// address: a page's own query with the list beside it; «» where there is neither.
export const LIST = "liste";
export const listed = () => new URLSearchParams(location.search).get(LIST);
export function along(query) {
  const list = listed();
  if (list) query.set(LIST, list);
  const text = query.toString();
  return text ? `?${text}` : "";
}

// Whether the reader has asked the browser to remember one.
export const remembered = () => Boolean(kept.get());

// What stands in the address goes first: «alle» there is a choice too.
const asked = () => document.body.dataset.chosen ?? new URLSearchParams(location.search).get(NAME) ?? kept.get();

// The municipality that is chosen, or null.
export const chosen = () => {
  const id = document.body.dataset.choices && asked();
  return id && id !== EVERY ? id : null;
};

const button = (text, press) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "plain-button", textContent: text });
  made.addEventListener("click", press);
  return made;
};

// The same page with the choice in its address, or another choice.
const here = (id) => {
  const address = new URL(location.href);
  address.searchParams.set(NAME, id);
  return address;
};

// own: where the same page is for this municipality alone, if it is. hidden: how much of this one is
// of others; left: whether anything is left of what is of somebody.
function bar(box, known, id, own, { hidden, left }) {
  const line = box.querySelector("p");
  box.hidden = false;
  if (!document.body.dataset.chosen) {
    const { whose } = document.body.dataset;
    const other = whose && whose !== id ? ` Denne side er fra ${known[whose].title}.` : "";
    const fewer = !hidden ? "" : left ? " Det, der kun gælder i andre kommuner, er skjult her." : ` Her er ikke noget fra ${known[id].title}, og det, der kun gælder i andre kommuner, er skjult her.`;
    const link = (href, textContent) => Object.assign(document.createElement("a"), { href, textContent });
    line.replaceChildren(`Du har valgt ${known[id].title}.${other}${fewer} `);
    if (own) line.append(link(own, `Se kun det fra ${known[id].title}`), " ");
    line.append(link(here(EVERY), "Se alle kommuner"));
  }
  const said = Object.assign(document.createElement("span"), { className: "note" });
  said.setAttribute("role", "status");
  const keep = button("", () => {
    const forget = kept.get() === id;
    said.textContent = kept.set(forget ? "" : id)
      ? ` ${forget ? "Glemt." : "Din browser husker det, til du beder den om at glemme det."}`
      : " Din browser må ikke gemme det.";
    name();
  });
  const name = () => {
    keep.textContent = kept.get() === id ? "Glem mit valg på denne enhed" : "Husk mit valg på denne enhed";
  };
  name();
  line.append(" ", keep, said);
}

// Hide what is of other municipalities, and the parts of a page that hold nothing else.
function narrow(id) {
  const every = [...document.querySelectorAll("main [data-of]")];
  const others = every.filter((one) => one.dataset.of !== id);
  for (const one of others) one.hidden = true;
  for (const part of document.querySelectorAll("main section:has(dl [data-of]), main section:has(ul [data-of])")) {
    const items = [...part.querySelectorAll("dt, li")];
    if (items.length && items.every((one) => one.closest("[hidden]"))) part.hidden = true;
  }
  return { hidden: others.length, left: others.length < every.length };
}

// Each link leads to the page for this municipality alone, or takes the choice along.
function carry(known, id, root) {
  const { pages } = known[id];
  const own = new Set(Object.values(pages)); // which say so themselves
  const way = (address) => {
    const place = address.href.startsWith(root.href) ? address.pathname.slice(root.pathname.length) : null;
    if (place === null || own.has(place) || /\.\w+$/.test(place)) return null;
    if (Object.hasOwn(pages, place)) return new URL(pages[place].includes("#") ? pages[place] : pages[place] + address.hash, root);
    if (!address.searchParams.has(NAME)) address.searchParams.set(NAME, id);
    return address;
  };
  for (const link of document.querySelectorAll("a[href]:not([data-everywhere])")) {
    const own = link.getAttribute("href");
    if (own.startsWith("#") || link.closest("[data-choice-bar]") || link.origin !== location.origin) continue;
    const to = way(new URL(link.href));
    if (to) link.href = to;
  }
  for (const form of document.querySelectorAll("form[data-search]")) {
    if (form.elements[NAME]) continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: NAME, value: id }));
  }
}

export async function start() {
  const { choices } = document.body.dataset;
  const id = chosen();
  const everywhere = document.querySelector("[data-everywhere]");
  if (everywhere) {
    // Who asks for all is not led back by what is kept.
    const all = new URL(everywhere.href);
    if (kept.get()) all.searchParams.set(NAME, EVERY);
    everywhere.href = all;
  }
  if (!id) return;
  const url = new URL(choices, location.href);
  const known = await (await fetch(url)).json();
  if (!Object.hasOwn(known, id)) return;
  const root = new URL("../../", url);
  const own = known[id].pages[location.pathname.slice(root.pathname.length)];
  const narrowed = document.body.dataset.chosen ? { hidden: 0, left: true } : narrow(id);
  bar(document.querySelector("[data-choice-bar]"), known, id, own && new URL(own, root), narrowed);
  carry(known, id, root);
}
