/** The widget's own state: open or not, in which language, what is announced. */

import type { Chat, Listener } from "./chat";
import { languageOfMessage, scriptOf } from "./language";
import type { Options } from "./options";
import { summary } from "./reading";
import type { Store } from "./store";
import { TEXTS, type Texts } from "./texts";
import type { Language, Message } from "./types";

export interface Announcement {
  key: number;
  text: string;
  lang: string;
}

const tongue = (language: Language) => language.slice(0, 2);

type Handler = (detail: unknown) => void;

export class Widget implements Listener {
  chat!: Chat;
  language: Language;
  open: boolean;
  unread = 0;
  announcements: Announcement[] = [];

  #redraw: () => void = () => undefined;
  readonly #handlers = new Map<string, Set<Handler>>();

  readonly #store: Store;

  constructor(readonly options: Options, store: Store) {
    this.#store = store;
    this.language = store.language() ?? options.language;
    // a phone's whole screen is not taken by itself
    this.open = (store.open() ?? options.open) && !matchMedia(SMALL).matches;
  }

  get texts(): Texts {
    return TEXTS[this.language];
  }

  get title(): string {
    return this.options.titles[this.language] ?? this.texts.title;
  }

  draw(redraw: () => void): void {
    this.#redraw = redraw;
  }

  changed(): void {
    this.#redraw();
  }

  setOpen(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    this.#store.keepOpen(open);
    if (open) {
      this.unread = 0;
      void this.chat.sync();
    }
    this.emit(open ? "open" : "close", {});
    this.changed();
  }

  /** Open, and say it when there is something to say. */
  ask(text: string): void {
    this.setOpen(true);
    if (text.trim()) this.say(text);
  }

  say(text: string): void {
    const script = this.language === "en" ? undefined : scriptOf(text);
    if (script) this.#relabel(script); // labels in the characters that this person writes
    this.chat.say(text.trim());
  }

  /** Labels change at once; a conversation under way is asked to go on in the language. */
  setLanguage(language: Language): void {
    const other = tongue(language) !== tongue(this.language);
    this.#relabel(language);
    if (other && this.chat.begun) {
      this.chat.say(language === "en" ? "English" : language === "zh-Hans" ? "中文" : "繁體中文");
    }
  }

  received(message: Message): void {
    const { type, language } = message.custom ?? {};
    const lang = languageOfMessage(message.text ?? "", language, this.language);
    // labels go along with the conversation; among Chinese scripts the visitor's own writing decides
    if (language && (type === "language" || tongue(lang) !== tongue(this.language))) this.#relabel(lang);
    if (!this.open) this.unread += 1;
    this.announce(summary(message, lang), lang);
    this.emit("message", { text: message.text ?? "", type, language: lang });
  }

  sent(text: string): void {
    this.emit("send", { text });
  }

  failed(why: keyof Texts["failed"]): void {
    this.announce(this.texts.failed[why]);
  }

  announce(text: string, lang: string = this.language): void {
    const key = (this.announcements.at(-1)?.key ?? 0) + 1;
    this.announcements = [...this.announcements, { key, text, lang }].slice(-4);
    this.changed();
  }

  emit(name: string, detail: unknown): void {
    for (const handler of this.#handlers.get(name) ?? []) {
      try {
        handler(detail);
      } catch (error) {
        reportError(error); // the page's mistake must not stop the chat
      }
    }
  }

  /** Call `handler` at each `open`, `close`, `send`, `message`, `language`; the answer ends it. */
  on(name: string, handler: Handler): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  #relabel(language: Language): void {
    if (language === this.language) return;
    this.language = language;
    this.#store.keepLanguage(language);
    this.emit("language", { language });
    this.changed();
  }
}

/** A screen that the panel fills: a phone, or a page enlarged so much that it is like one. */
export const SMALL = "(max-width: 520px), (max-height: 480px)";
