/** What a bot's message is made of: its lead, its cards' buttons, its pager, its quick replies. */

import { number } from "./format";
import { plain } from "./markdown";
import type { Button, Item, Language, Message, OwnList } from "./types";

/** What a button commands; undefined when its payload does not say. */
export function intentOf(button: Button): string | undefined {
  return /^\/(\w+)/.exec(button.payload)?.[1];
}

/** What a button does to one of the visitor's own lists; undefined for one that does not. */
export function keeping({ payload }: Button) {
  const [, intent, id] =
    /^\/(save_item|add_to_agenda|remove_item)\{"record": "([^"]+)"/.exec(payload) ?? [];
  if (!id) return undefined;
  const list: OwnList = intent === "add_to_agenda" || payload.includes('"agenda"') ? "agenda" : "saved";
  return { list, id, leaves: intent === "remove_item" };
}

const PAGED = ["results", "matches"];
const OWN_LISTS = ["saved", "agenda", "alerts", "contacts"];

/** The records that a message lists; none for one that only speaks. */
export function itemsOf(message: Message): Item[] {
  const { type = "", items } = message.custom ?? {};
  return [...PAGED, ...OWN_LISTS].includes(type) && Array.isArray(items) ? items : [];
}

/** The button that opens each listed record: the server numbers them. */
export function openers(message: Message): (Button | undefined)[] {
  return itemsOf(message).map((_, index) =>
    message.buttons?.find((button) => button.title === String(index + 1)),
  );
}

/** The buttons that turn the list's pages, the way back first. */
export function pager(message: Message): Button[] {
  if (!PAGED.includes(message.custom?.type ?? "")) return [];
  const of = (intent: string) => message.buttons?.filter((each) => intentOf(each) === intent) ?? [];
  return [...of("previous_page"), ...of("next_page")];
}

/** The other buttons. */
export function replies(message: Message): Button[] {
  const taken = [...openers(message), ...pager(message)];
  return (message.buttons ?? []).filter((button) => !taken.includes(button));
}

export interface Spoken {
  /** What stands above the cards. */
  lead: string;
  /** What stands below them: the position, a warning. */
  tail?: string;
  /** Something was done to one's own list: that is the news, and the list as it is now is folded. */
  folded?: boolean;
}

/**
 * A message's text without what its cards show: the numbered entries of a list, a record's lines,
 * a fact's sources. The text is made for channels that have nothing else.
 */
export function spoken(message: Message): Spoken {
  const text = message.text ?? "";
  const { type, items, item, attribute, sources, buckets } = message.custom ?? {};
  const parts = text.split("\n\n");
  if (type === "detail" && item) return { lead: attribute ? (parts[0] ?? "") : "" };
  if (type === "answer" && sources?.length) {
    const last = parts.at(-1) ?? "";
    const said = parts.length > 1 && sources.every((source) => last.includes(source.name));
    return { lead: (said ? parts.slice(0, -1) : parts).join("\n\n") };
  }
  if (type === "count" && buckets?.length) {
    // the rows are the chart; the line after them tells how many more there are
    return { lead: parts[0] ?? "", tail: buckets.length > BARS ? (text.split("\n").at(-1) ?? "") : "" };
  }
  if (!(type === "clarify" || (items && itemsOf(message).length))) return { lead: text };
  const numbered = (part: string) => /^\d+\. /.test(part);
  const first = parts.findIndex(numbered);
  if (first < 0) return { lead: items?.length ? (parts[0] ?? "") : text };
  const folded = first > 1 && OWN_LISTS.includes(type ?? "");
  return {
    folded,
    lead: parts.slice(0, folded ? 1 : first).join("\n\n"),
    tail: parts.slice(first).filter((part) => !numbered(part)).join("\n\n"),
  };
}

/** What a screen reader is told of a new message: of a list its summary, not every card. */
export function summary(message: Message, language: Language): string {
  const { lead, tail } = spoken(message);
  const { type, item } = message.custom ?? {};
  const most = bars(message).slice(0, 3).map(({ name, count }) => `${name}: ${number(count, language)}`);
  const options = type === "clarify" ? replies(message).map(({ title }) => title) : [];
  const parts = [lead, item?.title ?? item?.name, ...most, ...options, !most.length && tail];
  return plain(parts.filter(Boolean).join("\n"));
}

export interface Bar {
  name: string;
  count: number;
}

const BARS = 10; // as many as the text has

/** The bars of a grouped count. */
export function bars({ custom = { type: "" } }: Message): Bar[] {
  const { buckets = [], labels = {} } = custom;
  return buckets.slice(0, BARS).map(({ code, count }) => ({ name: labels[code] ?? code, count }));
}
