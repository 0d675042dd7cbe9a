/** The conversation as it is shown, from its entries: pages turn in place, lists know their state. */

import { keeping, pager } from "./reading";
import type { Button, Entry, Message, OwnList, Waiting } from "./types";

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

/** What can be pressed to change a list, and the epoch that its button is good for. */
export interface Press {
  button: Button;
  epoch: number;
}

export interface Timeline {
  shown: (Said | Told)[];
  /** The visitor's own lists, as far as the conversation tells: ids. */
  lists: { [list in OwnList]: Set<string> };
  /** The newest button that does this to a record; see `pressFor`. */
  presses: Map<string, Press>;
}

/** The button that puts a record into a list, or takes it out of it. */
export function pressFor({ lists, presses }: Timeline, list: OwnList, id: string) {
  return presses.get(`${list} ${lists[list].has(id)} ${id}`);
}

/** Pure: the same entries always give the same view, live or after a reload. */
export function timeline(entries: readonly Entry[], waiting: readonly Waiting[]): Timeline {
  const shown: (Said | Told)[] = [];
  const lists = { saved: new Set<string>(), agenda: new Set<string>() };
  const presses = new Map<string, Press>();
  let person = 0; // an epoch is a person to the server, whose lists begin empty
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
    if (epoch !== person) [lists.saved, lists.agenda, presses].forEach((each) => each.clear());
    person = epoch;
    const key = `${epoch}/${seq}`;
    if (entry.by === "user") {
      say({ by: "user", key: entry.id ?? key, text: message.text ?? "" });
      continue;
    }
    remember(message, lists);
    for (const button of message.buttons ?? []) {
      const change = keeping(button);
      if (change) presses.set(`${change.list} ${change.leaves} ${change.id}`, { button, epoch });
    }
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
  return { shown, lists, presses };
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

/** A message with one of the lists says all that is on it; a record's buttons, whether it is. */
function remember({ custom, buttons }: Message, lists: Timeline["lists"]): void {
  const { type, items } = custom ?? {};
  if ((type === "saved" || type === "agenda") && items) {
    lists[type].clear();
    for (const { id } of items) lists[type].add(id);
  }
  if (type !== "detail") return;
  for (const { list, id, leaves } of (buttons ?? []).map(keeping).filter((each) => !!each)) {
    lists[list][leaves ? "add" : "delete"](id);
  }
}
