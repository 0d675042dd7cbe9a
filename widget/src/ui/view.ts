/** Draws the widget, and does what drawing alone does not: focus, scrolling, the dialog's state. */

import { type Ref, render } from "../render";
import type { Said, Told } from "../timeline";
import { SMALL, type Widget } from "../widget";
import { App } from "./App";

const MOST = 1000; // characters (code points) that the server takes
export const NEAR = 100; // how many are left when it is time to say so

const offsetOf = (list: Told) => list.message.custom?.offset;

export class View {
  readonly launcher: Ref<HTMLButtonElement> = { current: null };
  readonly dialog: Ref<HTMLDialogElement> = { current: null };
  readonly heading: Ref<HTMLHeadingElement> = { current: null };
  readonly bin: Ref<HTMLButtonElement> = { current: null };
  readonly log: Ref<HTMLDivElement> = { current: null };
  readonly field: Ref<HTMLTextAreaElement> = { current: null };

  /** Of what is being written: whether it is nothing, and how much may be added when that is little. */
  empty = true;
  left = NEAR;
  /** Whether the visitor is being asked if the chat shall be cleared. */
  asking = false;
  /** The panel is made when it is first wanted. */
  used = false;
  newest: Said | Told | undefined;
  /** The list whose pages can be turned. */
  list: Told | undefined;

  readonly #small = matchMedia(SMALL);
  readonly #dim = matchMedia("(prefers-color-scheme: dark)");
  #shown: "no" | "beside" | "over" = "no";
  #seen: string | undefined;
  /** What in the log had the focus when the newest question was asked: what was pressed to ask it. */
  #pressed: Element | null = null;

  readonly #root: ShadowRoot;

  constructor(readonly widget: Widget, root: ShadowRoot) {
    this.#root = root;
    for (const media of [this.#small, this.#dim]) media.addEventListener("change", () => this.draw());
    const keyboard = window.visualViewport;
    for (const name of ["resize", "scroll"]) keyboard?.addEventListener(name, () => this.#fit());
  }

  get theme(): string {
    const { theme } = this.widget.options;
    return theme === "auto" && this.#dim.matches ? "dark" : theme;
  }

  draw(): void {
    this.used ||= this.widget.open;
    const last = this.#seen;
    const list = this.list;
    const held = this.#held;
    const row = held?.closest(".row");
    render(App({ view: this }), this.#root);
    // what was pressed is gone with its press: stay where it was
    if (held && !held.isConnected) focus(row?.isConnected ? heading(row) : this.log.current);
    this.#settleDialog();
    const { newest } = this;
    const { chat } = this.widget;
    // what shows below one's own newest message belongs to it: that it is being answered, or was not
    const below = newest?.by === "user" && [chat.typing, chat.trouble, newest.waiting?.failed];
    this.#seen = newest && `${newest.key} ${below}`;
    if (this.#seen !== last) this.#follow(last);
    // a page that was turned is read from its beginning
    const log = this.log.current;
    if (log && list && list.key === this.list?.key && offsetOf(list) !== offsetOf(this.list)) {
      const row = log.querySelector<HTMLElement>(`[data-key="${list.key}"]`);
      log.scrollTop = (row?.offsetTop ?? 0) - 8;
    }
  }

  close(): void {
    this.widget.setOpen(false);
    focus(this.launcher.current);
  }

  /** The dialog was shut from outside, by a phone's back gesture. */
  closed(): void {
    if (this.#shown === "over" && !this.dialog.current?.open) this.close();
  }

  ask(asking: boolean): void {
    this.asking = asking;
    this.draw();
    // of the two answers the harmless one is at hand
    focus(asking ? this.#root.querySelector(".ask :last-child") : this.bin.current);
  }

  async clear(): Promise<void> {
    this.ask(false);
    const { widget } = this;
    const done = await widget.chat.clear();
    widget.announce(done ? widget.texts.cleared : widget.texts.away);
  }

  /** What is being written changed; drawn only when that shows beside the field. */
  write(): void {
    const field = this.field.current;
    if (!field) return;
    field.style.height = "auto"; // to measure how high it wants to be
    field.style.height = `${field.scrollHeight + 2}px`;
    const left = MOST - [...field.value].length;
    const before = [this.left, this.empty];
    this.left = Math.min(left, NEAR);
    this.empty = !field.value.trim();
    if (this.left !== before[0] || this.empty !== before[1]) this.draw();
  }

  send(): void {
    const field = this.field.current;
    if (!field || this.empty || this.left < 0) return;
    const text = field.value;
    field.value = "";
    this.write();
    this.widget.say(text);
  }

  /** On a small screen the panel is modal and covers the page, else it stands beside it. */
  #settleDialog(): void {
    const dialog = this.dialog.current;
    const wanted = !this.widget.open ? "no" : this.#small.matches ? "over" : "beside";
    if (!dialog || wanted === this.#shown) return;
    this.#shown = "no";
    dialog.close();
    this.#shown = wanted;
    if (wanted === "no") return;
    if (wanted === "over") dialog.showModal();
    else dialog.show();
    this.#fit();
    const log = this.log.current;
    if (log && this.newest) log.scrollTop = log.scrollHeight;
    // where touching is typing, the keyboard stays down until it is wanted
    const first = matchMedia("(pointer: coarse)").matches ? this.heading : this.field;
    focus(first.current);
  }

  /** A phone's panel fills what the keyboard leaves free. */
  #fit(): void {
    const { visualViewport: free } = window;
    const style = this.dialog.current?.style;
    if (!free || !style || this.#shown !== "over") return;
    // while the page itself is enlarged by fingers, the panel stays as it is
    if (free.scale > 1.01) return;
    style.setProperty("--top", `${free.offsetTop}px`);
    style.setProperty("--height", `${free.height}px`);
  }

  /** Bring what is new into sight. */
  #follow(last: string | undefined): void {
    const log = this.log.current;
    const row = log && [...log.querySelectorAll<HTMLElement>(".row")].at(-1);
    if (!log || !row || !this.newest) return;
    const held = this.#held;
    const stays = held?.matches(".keep");
    if (this.newest.by === "user" || last === undefined) {
      log.scrollTop = log.scrollHeight;
      this.#pressed = held;
    } else {
      // a long answer is read from its beginning, with a short question still in sight
      const question = row.previousElementSibling as HTMLElement | null;
      const top = question && question.offsetHeight < 120 ? question.offsetTop : row.offsetTop;
      log.scrollTop = top - 8;
      // who asked by a button goes on from the answer, unless it only changed the button's own
      // state; who writes keeps on writing
      if (held && held === this.#pressed && !stays) focus(heading(row));
      this.#pressed = null;
    }
    if (stays) held?.scrollIntoView({ block: "nearest" });
  }

  /** What has the focus in the log. */
  get #held(): Element | null {
    const { activeElement } = this.#root;
    return this.log.current?.contains(activeElement) ? activeElement : null;
  }
}

const heading = (row: Element) => row.querySelector("h3");
const focus = (target: HTMLElement | null) => target?.focus({ preventScroll: true });
