// One's own list of activities: it stands in the address alone, and goes along with the links. Nothing
// is kept on the device, and nobody is asked for anything.
//
// `?liste=strik-og-snak_0a1b2c3d4.kaffe_…`: each activity's id, and what tells its time, place and
// terms from others (three signs each), so that an old list can say what has changed.

import { LIST, listed } from "./choice.js";

export const MOST = 20;
const ENTRY = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:_([0-9a-f]{9}))?$/;

// The entries that an address names, each once; what is no entry is left out.
export function entries(text = listed() ?? "") {
  const found = new Map();
  for (const part of text.split(".").slice(0, 2 * MOST)) {
    const match = part.length < 120 && ENTRY.exec(part);
    if (match && found.size < MOST) found.set(match[1], match[2] ?? "");
  }
  return found;
}

const written = (list) => [...list].map(([id, sign]) => (sign ? `${id}_${sign}` : id)).join(".");

// An address with the list in it, or without one if it is empty.
export function withList(address, list) {
  const found = new URL(address);
  if (list.size) found.searchParams.set(LIST, written(list));
  else found.searchParams.delete(LIST);
  return found;
}

const root = new URL(document.body.dataset.root, location.href);
const page = document.body.dataset.list && new URL(document.body.dataset.list, location.href);
let list = entries();

function bar() {
  let box = document.querySelector(".list-bar");
  if (!box) {
    box = document.createElement("aside");
    box.className = "list-bar";
    box.setAttribute("aria-label", "Min liste");
    box.innerHTML = '<p role="status"></p><a class="button"></a>';
    document.body.append(box);
  }
  const count = list.size;
  box.querySelector("p").textContent = count === 1 ? "1 på din liste" : `${count} på din liste`;
  const link = box.querySelector("a");
  link.textContent = "Se min liste";
  link.href = withList(page, list);
  box.hidden = !count || location.pathname === page.pathname;
}

const offerOf = (button) => button.closest("[data-offer]").dataset;

function show(button) {
  const there = list.has(offerOf(button).offer);
  button.setAttribute("aria-pressed", String(there));
  button.firstChild.textContent = there ? "På min liste" : "Læg på min liste";
}

const showAll = (within = document) => {
  for (const button of within.querySelectorAll(".pick")) show(button);
};

// Put on the list what the button stands with, or take it off.
export function press(button) {
  const { offer: id, sign = "" } = offerOf(button);
  if (list.has(id)) list.delete(id);
  else if (list.size < MOST) list.set(id, sign);
  history.replaceState(history.state, "", withList(location.href, list));
  showAll();
  bar();
  if (list.size >= MOST) document.querySelector(".list-bar p").textContent = `${MOST} på din liste. Der er ikke plads til flere.`;
}

// The list goes along with every link to a page of the site, at the moment it is used.
function carry({ target }) {
  const link = target.closest?.("a[href]");
  if (!link || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
  if (!link.href.startsWith(root.href) || /\.\w+$/.test(link.pathname)) return;
  link.href = withList(link.href, list);
}

export function start() {
  for (const event of ["pointerdown", "focusin", "click"]) addEventListener(event, carry, true);
  addEventListener("submit", ({ target }) => {
    if (!target.matches?.("form[data-search]") || !list.size) return;
    const field = target.elements[LIST] ?? target.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: LIST }));
    field.value = written(list);
  }, true);
  showAll();
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.querySelectorAll) showAll(node);
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  addEventListener("popstate", () => {
    list = entries();
    showAll();
    bar();
  });
  bar();
}
