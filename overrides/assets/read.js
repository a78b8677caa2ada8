// Læs op: the page's own text by the browser's own voice, sentence by sentence, the place marked.

const READ = "h1, h2, h3, h4, p, li, dt, dd, figcaption";
const SKIPPED = "nav, form, [hidden], .unseen, .cite, .ours, .words, .read, .links, .printout-tools, .part-tools, svg";
const LONGEST = 220; // letters; some voices fall silent in longer ones

// The sentences of a page in order, each with the ranges of text that it stands in.
function sentences(main) {
  const found = [];
  for (const block of main.querySelectorAll(READ)) {
    if (block.closest(SKIPPED) || !(block.checkVisibility?.() ?? block.offsetParent)) continue;
    const nodes = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => {
      const holder = node.parentElement;
      if (holder.closest(SKIPPED)) return NodeFilter.FILTER_REJECT;
      // A list inside an item is read as items of its own.
      return holder.closest(READ) === block ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
    });
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const text = nodes.map((node) => node.data).join("");
    for (const [start, end] of cut(text)) found.push({ text: spoken(text.slice(start, end)), block, nodes, start, end });
  }
  return found;
}

function spoken(text) {
  return text.replaceAll("\u00ad", "").replace(/§§/g, "paragrafferne").replace(/§/g, "paragraf").replace(/\s+/g, " ").trim();
}

// Where the sentences of a text begin and end; long ones at a comma.
function cut(text) {
  const parts = globalThis.Intl?.Segmenter
    ? [...new Intl.Segmenter("da", { granularity: "sentence" }).segment(text)].map((s) => [s.index, s.index + s.segment.length])
    : [...text.matchAll(/[^.!?]+(?:[.!?]+\s*|$)/g)].map((m) => [m.index, m.index + m[0].length]);
  return parts.flatMap(([start, end]) => {
    const pieces = [];
    while (end - start > LONGEST) {
      const at = text.lastIndexOf(", ", start + LONGEST);
      if (at <= start) break;
      pieces.push([start, at + 2]);
      start = at + 2;
    }
    return [...pieces, [start, end]];
  }).filter(([start, end]) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}

function range({ nodes, start, end }) {
  const made = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.length;
    if (start >= before && start < after) made.setStart(node, start - before);
    if (end > before && end <= after) made.setEnd(node, end - before);
    before = after;
  }
  return made;
}

export class Reader {
  constructor(box) {
    this.box = box;
    this.play = box.querySelector("[data-play]");
    this.stop = box.querySelector("[data-stop]");
    this.status = box.querySelector("[role=status]");
    this.state = "off";
    this.stop.addEventListener("click", () => this.end("Oplæsningen er stoppet."));
    addEventListener("pagehide", () => this.end(""));
    // Of two that read on one page only one does so at a time.
    document.addEventListener("reading", ({ detail }) => {
      if (detail !== this && this.state !== "off") this.end("");
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && this.state !== "off") this.end("Oplæsningen er stoppet.");
    });
  }

  press() {
    if (this.state === "reading") this.pause();
    else if (this.state === "paused") this.read();
    else {
      document.dispatchEvent(new Event("whole")); // what is folded opens, for it is read too
      const part = this.box.hasAttribute("data-read-part") && this.box.closest("[data-part]");
      this.list = sentences(part || document.querySelector("main"));
      this.at = 0;
      this.read();
    }
  }

  // Pausing by starting the sentence over works in every browser; the browsers' own pause does not.
  pause() {
    this.show("paused", "Oplæsningen holder pause.");
    this.saying = undefined;
    speechSynthesis.cancel();
  }

  read() {
    document.dispatchEvent(new CustomEvent("reading", { detail: this }));
    this.show("reading", "");
    speechSynthesis.cancel();
    this.next();
  }

  next() {
    const one = this.list[this.at];
    if (!one) {
      this.end("Oplæsningen er færdig.");
      return;
    }
    const said = new SpeechSynthesisUtterance(one.text);
    said.lang = "da-DK";
    const danish = speechSynthesis.getVoices().filter((voice) => /^da\b/i.test(voice.lang));
    // A voice of the machine's own sends no text away.
    said.voice = danish.find((voice) => voice.localService) ?? danish[0] ?? null;
    const onward = () => {
      if (this.state !== "reading" || this.saying !== said) return;
      this.at += 1;
      this.next();
    };
    said.addEventListener("end", onward);
    said.addEventListener("error", ({ error }) => {
      if (this.saying !== said || error === "canceled" || error === "interrupted") return;
      if (this.state === "reading") this.end("Din browser kan ikke læse op lige nu.");
    });
    this.mark(one);
    this.saying = said; // and some browsers forget one that nobody holds
    speechSynthesis.speak(said);
  }

  mark(one) {
    this.unmark();
    if (globalThis.Highlight && CSS.highlights) CSS.highlights.set("read", new Highlight(range(one)));
    else one.block.classList.add("reading");
    this.marked = one.block;
    const { top, bottom } = one.block.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) one.block.scrollIntoView({ block: "center" });
  }

  unmark() {
    CSS.highlights?.delete("read");
    this.marked?.classList.remove("reading");
  }

  end(said) {
    this.show("off", said);
    speechSynthesis.cancel();
    this.unmark();
  }

  show(state, said) {
    this.state = state;
    this.play.querySelector("span").textContent = { off: "Læs op", reading: "Pause", paused: "Fortsæt" }[state];
    if (state === "off" && document.activeElement === this.stop) this.play.focus();
    this.stop.hidden = state === "off";
    this.status.textContent = said;
  }
}
