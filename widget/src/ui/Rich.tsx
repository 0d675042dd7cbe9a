/** A text with the little Markdown that there is, as elements. */

import { type Children, h } from "../render";
import { type Inline, parse } from "../markdown";
import type { Texts } from "../texts";

export function Rich({ text, texts }: { text: string; texts: Texts }) {
  return (
    <div class="rich">
      {parse(text).map(({ type, start, lines }) => {
        const parts = lines.map((line) => inlines(line, texts));
        if (type === "p") return <p>{parts.map((part, at) => [at > 0 && <br />, part])}</p>;
        const items = parts.map((part) => <li>{part}</li>);
        return type === "ul" ? <ul>{items}</ul> : <ol start={start}>{items}</ol>;
      })}
    </div>
  );
}

function inlines(parts: Inline[], texts: Texts): Children {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    const children = inlines(part.children, texts);
    if (part.type === "a") {
      return (
        <Link href={part.href} texts={texts}>
          {children}
        </Link>
      );
    }
    const Tag = part.type;
    return <Tag>{children}</Tag>;
  });
}

/** A link out of the chat; `href` has passed the list of schemes. */
export function Link({
  href,
  texts,
  children,
}: {
  href: string;
  texts: Texts;
  children: Children;
}) {
  const out = /^https?:/.test(href);
  return (
    <a href={href} {...(out && { target: "_blank" })} rel="noreferrer">
      {children}
      {out && <span class="hidden"> {texts.newWindow}</span>}
    </a>
  );
}
