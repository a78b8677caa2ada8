// The browser's editor (Decap CMS) with two things of ours: a format that leaves a file as it was but
// for what was changed, and a field for references.
import { Document, isMap, isSeq, parseDocument } from "./yaml/index.js";

// Every scalar stays the text that was typed: 10.30 is a time, and «nej» is no truth value.
const AS_TYPED = { schema: "failsafe", keepSourceTokens: false };
const TEXT = "__text"; // the whole file, among the entry's data while it is open

const isEmpty = (value) =>
  value === undefined || value === null || value === "" || (typeof value === "object" && Object.values(value).every(isEmpty));

// Make a node say a value; what it says already stays as it is typed, remarks and all.
function put(doc, node, key, value) {
  const now = node.get(key, true);
  if (isEmpty(value)) {
    if (now !== undefined && !isEmpty(now?.toJSON?.() ?? null)) node.delete(key);
    return;
  }
  if (typeof value !== "object") {
    if (String(now?.value ?? "") !== String(value)) node.set(key, doc.createNode(String(value)));
    return;
  }
  const wanted = Array.isArray(value) ? isSeq : isMap;
  if (!wanted(now)) {
    // One reference alone may stand without a list around it.
    if (Array.isArray(value) && value.length === 1 && String(now?.value ?? "") === String(value[0])) return;
    const made = doc.createNode(Array.isArray(value) ? [] : {});
    node.set(key, made);
    fill(doc, node.get(key, true), value);
    return;
  }
  fill(doc, now, value);
}

function fill(doc, node, value) {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isEmpty(item));
    for (const [at, item] of items.entries()) put(doc, node, at, item);
    while (node.items.length > items.length) node.items.pop();
    return;
  }
  for (const pair of [...node.items]) if (!(String(pair.key) in value)) node.delete(pair.key);
  for (const [key, item] of Object.entries(value)) put(doc, node, key, item);
}

const format = (modeline) => ({
  fromFile(text) {
    const told = parseDocument(text, AS_TYPED).toJS() ?? {};
    return { ...told, [TEXT]: text };
  },
  toFile(data) {
    const { [TEXT]: text, ...value } = data;
    const doc = text ? parseDocument(text, AS_TYPED) : new Document({}, AS_TYPED);
    if (!text) doc.commentBefore = ` ${modeline}`;
    fill(doc, doc.contents, value);
    return doc.toString({ lineWidth: 0, flowCollectionPadding: false });
  },
});

const { CMS, createClass, h } = globalThis;

// One to a line; a single one may stand without a list in the file.
const Lines = createClass({
  text() {
    const { value } = this.props;
    const told = value?.toJS?.() ?? value ?? [];
    return this.typed ?? (Array.isArray(told) ? told.join("\n") : String(told));
  },
  change({ target }) {
    this.typed = target.value;
    this.props.onChange(target.value.split("\n").map((line) => line.trim()).filter(Boolean));
    this.forceUpdate();
  },
  render() {
    const { forID, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
    return h("textarea", {
      id: forID, className: classNameWrapper, rows: 3, value: this.text(),
      onChange: this.change, onFocus: setActiveStyle, onBlur: setInactiveStyle,
    });
  },
});

const config = await (await fetch("config.json")).json();
for (const { name, modeline } of config.formats) CMS.registerCustomFormat(name, "yml", format(modeline));
delete config.formats;
CMS.registerWidget("lines", Lines);
CMS.init({ config });

// On one's own machine `make edit` says here what is wrong, as `make check` would.
if (["localhost", "127.0.0.1"].includes(location.hostname)) {
  const told = document.createElement("pre");
  told.setAttribute("role", "alert");
  told.id = "fejl";
  told.style.cssText = "position:fixed;inset:auto 0 0;z-index:9999;margin:0;padding:1rem;max-height:40vh;overflow:auto;white-space:pre-wrap;background:#7a1f1f;color:#fff;font:16px/1.5 system-ui";
  told.hidden = true;
  document.body.append(told);
  setInterval(async () => {
    const answer = await fetch("fejl.txt", { cache: "no-store" }).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (told.textContent !== text) told.textContent = text;
    told.hidden = !text;
  }, 1000);
}
