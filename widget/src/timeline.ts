/** The conversation as it is shown, from its entries: pages turn in place, lists know their state. */

import { intentOf, pager } from "./reading";
import type { Entry, Message, Waiting } from "./types";

export interface Said {
  by: "user";
  key: string;
  text: string;
  waiting?: Waiting;
}

export interface Told {
  by: "bot";
  key: string;
  message: Message;
  epoch: number;
  /** Belongs to the newest answer: its quick replies are on offer. */
  latest: boolean;
  /** The list in hand: its pages can be turned. */
  inHand: boolean;
  /** Another page is on its way. */
  turning: boolean;
}

export interface Timeline {
  shown: (Said | Told)[];
  saved: Set<string>;
  agenda: Set<string>;
}

/** Pure: the same entries always give the same view, live or after a reload. */
export function timeline(entries: readonly Entry[], waiting: readonly Waiting[]): Timeline {
  const shown: (Said | Told)[] = [];
  const saved = new Set<string>();
  const agenda = new Set<string>();
  let list: Told | undefined; // the last one with pages
  let press: Said | undefined; // what turns its page, when it does

  const say = (said: Said) => {
    if (press) shown.push(press);
    press = undefined;
    if (list && turns(said.text, list.message)) press = said;
    else shown.push(said);
  };

  for (const entry of entries) {
    const { message, epoch, seq } = entry;
    const key = `${epoch}/${seq}`;
    if (entry.by === "user") {
      say({ by: "user", key: entry.id ?? key, text: message.text ?? "" });
      continue;
    }
    remember(message, "saved", saved);
    remember(message, "agenda", agenda);
    if (press && list && isPageOf(message, list.message)) {
      press = undefined;
      list.message = message;
      list.epoch = epoch;
      continue;
    }
    if (press) shown.push(press);
    press = undefined;
    const asked = shown.at(-1);
    const item = message.custom?.type === "detail" && message.custom.item;
    // a card's button is its number: what was pressed is what is now shown
    if (item && asked?.by === "user" && /^\d{1,2}$/.test(asked.text)) {
      asked.text = item.title ?? item.name ?? asked.text;
    }
    const told: Told = { by: "bot", key, message, epoch, latest: false, inHand: false, turning: false };
    shown.push(told);
    if (message.custom?.type === "results" || message.custom?.type === "matches") list = told;
  }
  const known = new Set(entries.map((entry) => entry.id));
  for (const each of waiting) {
    if (!known.has(each.id)) say({ by: "user", key: each.id, text: each.name ?? each.text, waiting: each });
  }
  if (list) {
    list.inHand = true;
    list.turning = !!press && !press.waiting?.failed;
  }
  if (press && !list?.turning) shown.push(press);
  for (let index = shown.length - 1; index >= 0; index--) {
    const each = shown[index];
    if (each?.by !== "bot") break;
    each.latest = true;
  }
  return { shown, saved, agenda };
}

function turns(text: string, list: Message): boolean {
  return pager(list).some((button) => button.title === text);
}

function isPageOf(page: Message, list: Message): boolean {
  const [a, b] = [page.custom, list.custom];
  return (
    !!a && !!b && a.type === b.type && a.kind === b.kind &&
    JSON.stringify(a.query) === JSON.stringify(b.query)
  );
}

/** A message with one of the user's own lists says all that is on it. */
function remember(message: Message, type: string, ids: Set<string>): void {
  if (message.custom?.type !== type || !message.custom.items) return;
  ids.clear();
  for (const item of message.custom.items) ids.add(item.id);
}

/** The button of a record that does this, whichever word it has in the message's language. */
export function action(message: Message, intent: string) {
  return message.buttons?.find((button) => intentOf(button) === intent);
}
