/** What is kept in the browser: per site, shared by its tabs; in memory where that is not allowed. */

import { toLanguage } from "./language";
import type { Entry, Language, Waiting } from "./types";

const PREFIX = "ciep-chat:";
/** Entries kept for the next page and for when the token has run out; the server has them all. */
const KEPT = 120;

export interface Kept {
  token: string | null;
  epoch: number;
  entries: Entry[];
  /** Older entries are with the server only. */
  cut: boolean;
}

export class Store {
  readonly #memory = new Map<string, string>();

  conversation(): Kept {
    const kept = this.#read<Kept>("conversation");
    if (Array.isArray(kept?.entries)) return kept;
    return { token: null, epoch: 0, entries: [], cut: false }; // nothing yet, or not ours
  }

  keep(kept: Omit<Kept, "cut">): void {
    const entries = kept.entries.slice(-KEPT);
    this.#write("conversation", { ...kept, entries, cut: entries.length < kept.entries.length });
  }

  language(): Language | undefined {
    return toLanguage(this.#read<string>("language"));
  }

  keepLanguage(language: Language): void {
    this.#write("language", language);
  }

  /** Whether the panel is open is this tab's own affair. */
  open(): boolean | null {
    try {
      return JSON.parse(sessionStorage.getItem(`${PREFIX}open`) ?? "null");
    } catch {
      return null;
    }
  }

  keepOpen(open: boolean): void {
    try {
      sessionStorage.setItem(`${PREFIX}open`, String(open));
    } catch {
      // not allowed here: the panel then starts closed
    }
  }

  /** What waits to be sent; a key each, so that two tabs never write over one another. */
  waiting(): Waiting[] {
    return this.#keys()
      .filter((key) => key.startsWith("waiting:"))
      .map((key) => this.#read<Waiting>(key))
      .filter((each): each is Waiting => !!each?.id)
      .sort((a, b) => a.at - b.at);
  }

  keepWaiting(waiting: Waiting): void {
    this.#write(`waiting:${waiting.id}`, waiting);
  }

  dropWaiting(id: string): void {
    this.#remove(`waiting:${id}`);
  }

  /** Calls when another tab changed anything. */
  watch(changed: () => void): void {
    addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(PREFIX)) changed();
    });
  }

  #keys(): string[] {
    const keys = [...this.#memory.keys()];
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(PREFIX)) keys.push(key.slice(PREFIX.length));
      }
    } catch {
      // not allowed here
    }
    return keys;
  }

  #read<T>(key: string): T | null {
    try {
      const text = this.#memory.get(key) ?? localStorage.getItem(PREFIX + key);
      return text ? JSON.parse(text) : null;
    } catch {
      return null; // not allowed, or damaged: as if nothing was there
    }
  }

  #write(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(PREFIX + key, text);
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, text); // not allowed, or full
    }
  }

  #remove(key: string): void {
    this.#memory.delete(key);
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // it was in memory only
    }
  }
}
