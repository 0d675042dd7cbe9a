// Builds the one script that sites load; `--check` fails when the committed file is another one.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { minify } from "terser";

const OUT = fileURLToPath(new URL("../bot/gateway/static/widget.js", import.meta.url));
const BUDGET = 20 * 1024; // bytes, gzip: what the issue allows

// The stylesheet goes into the script as text: it is given to the shadow root only.
const css = {
  name: "css",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: true,
        target: "chrome107",
      });
      return { contents: code.replace(/(--[\w-]+): /g, "$1:"), loader: "text" };
    });
  },
};

const { outputFiles } = await esbuild.build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome107", "firefox104", "safari16.4"], // constructable style sheets everywhere
  // scripts by name (Han, Cyrillic) are older than all of these; esbuild thinks of the newest ones
  supported: { "regexp-unicode-property-escapes": true },
  charset: "utf8",
  plugins: [css],
  write: false,
});
// once more by terser: 2 % less than esbuild alone
const { code } = await minify(outputFiles[0].text, {
  ecma: 2022,
  compress: { passes: 2 },
  format: { preamble: "/* CIEP Assistant, Apache-2.0. Source: widget/ */" },
});
const built = Buffer.from(code);
// with less memory Node's zlib comes within 0.2 % of what the server's makes of it, else 1 % above
const size = gzipSync(built, { level: 9, memLevel: 7 }).length;
console.log(`widget.js: ${built.length} bytes, ${size} gzip`);
if (size > BUDGET) {
  console.error(`That is over the budget of ${BUDGET} bytes gzip.`);
  process.exit(1);
}
if (!process.argv.includes("--check")) {
  await writeFile(OUT, built);
} else if (!built.equals(await readFile(OUT))) {
  console.error("bot/gateway/static/widget.js is not what widget/ builds: run `npm run build` in widget/.");
  process.exit(1);
}
