/** A small part of Markdown as a tree: strong, emphasis, code, links, lists. Never HTML. */

import { safeLink } from "./links";

export type Inline =
  | string
  | { type: "strong" | "em" | "code"; children: Inline[] }
  | { type: "a"; href: string; children: Inline[] };

export type Block = { type: "p" | "ul" | "ol"; start?: number; lines: Inline[][] };

// Each alternative ends within the line and starts with characters of its own: linear to match.
const TOKEN = new RegExp(
  [
    "`([^`\\n]+)`",
    "\\*\\*(?=\\S)([^*\\n]+)\\*\\*",
    "(?<![\\w*])\\*(?=[^\\s*])([^*\\n]+)\\*(?![\\w*])",
    "\\[([^\\[\\]\\n]+)\\]\\(([^()\\s]+)\\)",
    // Chinese text has no space after an address
    "(https?:\\/\\/[^\\s<>\"'`\\u2010-\\u206f\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]+)",
    "([\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+)",
  ].join("|"),
  "gu",
);
const BULLET = /^\s*[-*•]\s+/;
const NUMBER = /^\s*(\d{1,3})\.\s+/;

/** A message's text as blocks; a blank line parts paragraphs, a single one breaks a line. */
export function parse(text: string): Block[] {
  const blocks: Block[] = [];
  let last: Block | undefined;
  for (const line of text.split("\n")) {
    if (!line.trim()) {
      // a list goes on over a blank line, as in the server's help
      last = undefined;
      continue;
    }
    const number = NUMBER.exec(line);
    const type = BULLET.test(line) ? "ul" : number ? "ol" : "p";
    if (last?.type !== type) {
      last = { type, lines: [] };
      if (number) last.start = Number(number[1]);
      blocks.push(last);
    }
    last.lines.push(inline(line.replace(type === "ul" ? BULLET : type === "ol" ? NUMBER : "", "")));
  }
  return blocks;
}

/** One line's parts. What looks like Markdown and is none stays as it was typed. */
export function inline(line: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  const add = (part: Inline) => {
    if (part !== "") parts.push(part);
  };
  for (const match of line.matchAll(TOKEN)) {
    const [all, code, strong, em, label, target, address, email] = match;
    add(line.slice(from, match.index));
    from = match.index + all.length;
    if (code) add({ type: "code", children: [code] });
    else if (strong) add({ type: "strong", children: inline(strong) });
    else if (em) add({ type: "em", children: inline(em) });
    else if (label && target) add(link(target, [label]) ?? all);
    else if (address) {
      const bare = address.replace(/[.,;:!?)\]}]+$/, "");
      add(link(bare, [bare]) ?? bare);
      add(address.slice(bare.length));
    } else if (email) add(link(`mailto:${email}`, [email]) ?? email);
  }
  add(line.slice(from));
  return parts;
}

function link(address: string, children: Inline[]): Inline | undefined {
  const href = safeLink(address);
  return href && { type: "a", href, children };
}

/** What a reader is told: the text without its marks. */
export function plain(text: string): string {
  const flat = (parts: Inline[]): string =>
    parts.map((part) => (typeof part === "string" ? part : flat(part.children))).join("");
  return parse(text)
    .flatMap((block) => block.lines.map(flat))
    .join("\n");
}
