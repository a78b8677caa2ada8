// `make audit`: the finished site's HTML is valid, and Lighthouse (mobile) finds nothing to mend.
// Usage: node audit.mjs <folder of the site>. Ends with 1 and a list when something falls short.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "chrome-launcher";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import lighthouse from "lighthouse";

const folder = resolve(process.argv[2] ?? "site");
const here = import.meta.dirname;
// The least that each category may score.
const LEAST = { performance: 0.98, accessibility: 1, "best-practices": 1, seo: 1 };

// The pages judged: whatever the site has of each kind. An example may not be indexed, so the
// activity is one that is none.
function chosen() {
  const first = (under) => existsSync(join(folder, under)) ? readdirSync(join(folder, under), { withFileTypes: true })
    .filter((entry) => entry.isDirectory()).map(({ name }) => `${under}${name}/`).sort()
    .find((path) => {
      const page = join(folder, path, "index.html");
      return existsSync(page) && !readFileSync(page, "utf8").includes('content="noindex"');
    }) : undefined;
  const there = (path) => existsSync(join(folder, path, "index.html")) ? path : undefined;
  const pages = {
    front: "", strategy: first("strategier/"), role: first("hvad-kan-du-goere/"),
    finder: there("aktiviteter/"),
    activity: first("aktiviteter/"),
    week: there("aktiviteter/uge/"),
    list: there("aktiviteter/min-liste/"),
  };
  return Object.entries(pages).filter(([, path]) => path !== undefined);
}
const example = (path) => readFileSync(join(folder, path, "index.html"), "utf8").includes('content="noindex"');
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain",
  ".webmanifest": "application/manifest+json", ".ics": "text/calendar", ".pdf": "application/pdf",
};

function files(under, ending) {
  return readdirSync(under, { recursive: true })
    .map((name) => join(under, name))
    .filter((name) => name.endsWith(ending) && statSync(name).isFile())
    .sort();
}

async function validate() {
  const config = JSON.parse(readFileSync(join(here, "htmlvalidate.json"), "utf8"));
  const judge = new HtmlValidate(new StaticConfigLoader(config));
  const found = [];
  const pages = files(folder, ".html");
  for (const page of pages) {
    const report = await judge.validateString(readFileSync(page, "utf8"), page);
    for (const result of report.results) {
      for (const { line, column, ruleId, message } of result.messages) {
        found.push(`${page.slice(folder.length + 1)}:${line}:${column}: ${message} (${ruleId})`);
      }
    }
  }
  if (!pages.length) found.push(`${folder} holds no pages`);
  console.log(`html-validate: ${pages.length} pages, ${found.length} errors`);
  return found;
}

// As a host would serve it: packed, and assets with a hash in their address for long.
function serve() {
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, "http://localhost");
    let path = normalize(join(folder, decodeURIComponent(address.pathname)));
    if (!path.startsWith(folder)) return response.writeHead(403).end();
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
    if (!existsSync(path)) return response.writeHead(404).end();
    const packed = gzipSync(await readFile(path));
    response.writeHead(200, {
      "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
      "Content-Encoding": "gzip",
      "Cache-Control": address.searchParams.has("v") ? "public, max-age=31536000, immutable" : "no-cache",
    });
    response.end(packed);
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

async function lighten() {
  const server = await serve();
  const base = `http://127.0.0.1:${server.address().port}/`;
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH,
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
  const found = [];
  try {
    for (const [name, path] of chosen()) {
      const { lhr } = await lighthouse(base + path, { port: chrome.port, onlyCategories: Object.keys(LEAST) });
      const scores = Object.values(lhr.categories).map(({ id, score }) => `${id} ${score}`);
      console.log(`Lighthouse ${lhr.lighthouseVersion}, ${name}: ${scores.join(", ")}`);
      for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
        if (score >= LEAST[id]) continue;
        // A week that shows examples asks search engines to leave it alone.
        if (id === "seo" && lhr.audits["is-crawlable"].score === 0 && example(path)) continue;
        const short = auditRefs
          .filter(({ id: audit, weight }) => weight && lhr.audits[audit].score !== null && lhr.audits[audit].score < 1)
          .map(({ id: audit }) => audit);
        found.push(`${name} (/${path}): ${id} ${score}, at least ${LEAST[id]}: ${short.join(", ")}`);
      }
    }
  } finally {
    await chrome.kill();
    server.close();
  }
  return found;
}

const faults = [...(await validate()), ...(await lighten())];
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
