/** The conversation: what was said, what waits to be sent, and how both reach the server. */

import { Refused, type Server } from "./server";
import type { Store } from "./store";
import type { Button, Entry, Language, Message, Waiting } from "./types";

/** Why nothing comes just now; the widget tries again by itself. */
export type Trouble = "offline" | "away" | "slow";

const LONGEST_WAIT = 30_000; // milliseconds between two tries
const LOOK_AGAIN = 120_000; // milliseconds between two looks for what nobody asked for
const LOCK = "ciep-chat";

/** Told of what a person would want to hear: a new bot message, something said. */
export interface Listener {
  changed(): void;
  received(message: Message): void;
  sent(text: string): void;
  failed(why: NonNullable<Waiting["failed"]>): void;
}

export class Chat {
  entries: Entry[] = [];
  waiting: Waiting[] = [];
  trouble: Trouble | null = null;
  /** A message is on its way, or the server has it and is answering. */
  typing = false;

  #token: string | null = null;
  #epoch = 0;
  /** Nothing older is with the server only. */
  #whole = true;
  #sending = false;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #server: Server;
  readonly #store: Store;
  readonly #language: () => Language;
  readonly #listener: Listener;

  constructor(server: Server, store: Store, language: () => Language, listener: Listener) {
    this.#server = server;
    this.#store = store;
    this.#language = language;
    this.#listener = listener;
    this.#adopt();
    store.watch(() => {
      this.#adopt();
      this.#listener.changed();
    });
    addEventListener("online", () => this.#resume());
    addEventListener("offline", () => {
      if (this.waiting.length) this.#stumble("offline");
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#resume();
    });
    // an alert's news come unasked
    setInterval(() => {
      if (!document.hidden) this.#resume();
    }, LOOK_AGAIN);
    if (this.waiting.length) void this.#send();
  }

  /** Whether there is a conversation on the server that could go on. */
  get begun(): boolean {
    return this.#token !== null;
  }

  say(text: string): void {
    this.#add({ text });
  }

  /** Press a button; one from before the token was renewed is said in words. */
  press(button: Button, epoch: number, name = button.title): void {
    const { title: text, payload } = button;
    this.#add(epoch === this.#epoch ? { text, payload, name } : { text: name });
  }

  retry(id: string): void {
    const waiting = this.waiting.find((each) => each.id === id);
    if (!waiting) return;
    delete waiting.failed;
    this.#store.keepWaiting(waiting);
    this.#listener.changed();
    void this.#send();
  }

  /** Forget this conversation, here and on the server; false when that could not be reached. */
  async clear(): Promise<boolean> {
    try {
      if (this.#token) await this.#server.clear(this.#token);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 401)) return false;
      this.#token = null;
    }
    this.waiting.forEach((each) => this.#store.dropWaiting(each.id));
    this.entries = [];
    this.waiting = [];
    this.trouble = null;
    this.#keep();
    return true;
  }

  /** Fetch what this browser has not seen. */
  async sync(): Promise<void> {
    if (!this.#token) return;
    const epoch = this.#epoch;
    try {
      const missed = await this.#server.history(this.#token, this.#whole ? this.#last() : 0);
      this.#whole = true;
      if (epoch === this.#epoch && missed.length) {
        missed.forEach((message) => this.#merge(message));
        this.#keep();
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.#expire();
      // otherwise what is kept here is shown, and the next occasion is taken
    }
  }

  #add(said: Pick<Waiting, "text" | "payload" | "name">): void {
    const at = Math.max(Date.now(), (this.waiting.at(-1)?.at ?? 0) + 1);
    const waiting: Waiting = { id: identifier(), epoch: this.#epoch, at, ...said };
    this.waiting.push(waiting);
    this.#store.keepWaiting(waiting);
    this.#listener.sent(said.text);
    this.#listener.changed();
    void this.#send();
  }

  /** Send what waits, one after another; of all tabs one does it. */
  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    const drain = async () => {
      this.#adopt(); // another tab may have sent some
      for (;;) {
        const next = this.waiting.find((each) => !each.failed);
        if (!next || !(await this.#deliver(next))) break;
      }
    };
    try {
      // locks need a secure page, and a visitor who allows storage; without them a repeated id
      // is still answered only once
      await (navigator.locks?.request(LOCK, drain).catch(drain) ?? drain());
    } finally {
      this.#sending = false;
    }
  }

  /** Send one; false when it is better to wait before the next try. */
  async #deliver(waiting: Waiting): Promise<boolean> {
    this.typing = !this.trouble; // where the network is slow the acknowledgement takes its time
    this.#listener.changed();
    try {
      const fresh = !this.#token;
      if (!this.#token) {
        this.#token = await this.#server.session(this.#language());
        this.#keep();
      }
      if (waiting.epoch !== this.#epoch) {
        inWords(waiting); // its button was signed for the visitor of an older token
        waiting.epoch = this.#epoch;
        delete waiting.tried;
      }
      waiting.tried ??= this.#last();
      this.#store.keepWaiting(waiting);
      try {
        await this.#exchange(waiting, this.#token);
      } catch (error) {
        if (!(error instanceof Refused && error.status === 401) || fresh) throw error;
        this.#expire();
        return true; // with a new token at once
      }
      this.#settle(waiting);
      return true;
    } catch (error) {
      return this.#fail(waiting, error);
    } finally {
      this.typing = false;
      this.#listener.changed();
    }
  }

  async #exchange(waiting: Waiting, token: string): Promise<void> {
    const { id, text, payload } = waiting;
    await this.#server.say({ token, id, ...(payload ? { payload } : { text }) }, (line) => {
      this.#tries = 0;
      this.trouble = null;
      if (line.type === "ack") this.typing = true;
      else this.#receive(line, waiting);
      this.#listener.changed();
    });
  }

  #receive(message: Message, waiting: Waiting): void {
    if (typeof message.seq !== "number") {
      // kept nowhere: the conversation was deleted with all that belongs to the person
      this.entries = [];
      this.#epoch += 1;
      this.#insert({ by: "bot", epoch: this.#epoch, seq: 0, message });
      this.#epoch += 1; // numbers begin anew
    } else {
      this.#place(waiting, message.seq - 0.5);
      if (this.#has(message.seq)) return;
      this.#insert({ by: "bot", epoch: this.#epoch, seq: message.seq, message });
    }
    this.#keep();
    this.#listener.received(message);
  }

  /** The user's message stands before its answer. */
  #place(waiting: Waiting, seq: number): void {
    if (this.entries.some((entry) => entry.id === waiting.id)) return;
    const kept = this.entries.find(
      (entry) =>
        entry.by === "user" && !entry.id && entry.epoch === this.#epoch &&
        entry.seq === seq - 0.5 && entry.message.text === waiting.text,
    );
    if (kept) {
      kept.id = waiting.id; // the history had it already
      return;
    }
    const message = { author: "user" as const, text: waiting.text };
    this.#insert({ by: "user", epoch: this.#epoch, seq, id: waiting.id, message });
  }

  #settle(waiting: Waiting): void {
    if (!this.entries.length || this.entries.at(-1)?.seq !== 0) this.#place(waiting, this.#last() + 0.5);
    this.#store.dropWaiting(waiting.id);
    this.waiting = this.waiting.filter((each) => each !== waiting && each.id !== waiting.id);
    this.#keep();
  }

  #fail(waiting: Waiting, error: unknown): boolean {
    const status = error instanceof Refused ? error.status : 0;
    if (status === 400 && waiting.payload) {
      // the server knows its buttons no more: say it in words
      const said = inWords({ ...waiting, id: identifier() });
      this.#store.dropWaiting(waiting.id);
      this.#store.keepWaiting(said);
      this.waiting = this.waiting.map((each) => (each.id === waiting.id ? said : each));
      return true;
    }
    if ([0, 401, 429, 502, 503, 504].includes(status)) {
      const wait = error instanceof Refused ? error.wait : 0;
      this.#stumble(status === 429 ? "slow" : navigator.onLine ? "away" : "offline", wait);
      return false;
    }
    waiting.failed = status === 400 || status === 413 ? "bad" : status === 403 ? "refused" : "away";
    this.#store.keepWaiting(waiting);
    this.waiting = this.#store.waiting(); // another tab may have had us read it anew since
    this.#listener.failed(waiting.failed);
    return true;
  }

  #stumble(trouble: Trouble, wait = 0): void {
    this.trouble = trouble;
    clearTimeout(this.#timer);
    const pause = Math.min(1000 * 2 ** this.#tries++, LONGEST_WAIT);
    this.#timer = setTimeout(() => void this.#send(), Math.max(wait, pause));
    this.#listener.changed();
  }

  #resume(): void {
    this.#adopt(); // a page that the browser had put aside has missed what other pages did
    this.#tries = 0;
    if (this.waiting.some((each) => !each.failed)) void this.#send();
    else {
      this.trouble = null;
      void this.sync();
    }
    this.#listener.changed();
  }

  /** The token is no good any more. What was said stays here, before what comes. */
  #expire(): void {
    this.#token = null;
    this.#epoch += 1;
    this.#keep();
  }

  #merge(message: Message): void {
    const seq = message.seq ?? 0;
    if (this.#has(seq)) return;
    if (message.author !== "user") {
      this.#insert({ by: "bot", epoch: this.#epoch, seq, message });
      // told unasked: it is new to whoever has seen all before it
      if (message.custom?.alert && seq === this.#last()) this.#listener.received(message);
      return;
    }
    // one that we sent ourselves, before a reload or from another tab, is not shown twice
    const own = this.waiting.find(
      (each) =>
        each.tried !== undefined && each.tried < seq && each.text === message.text &&
        !this.entries.some((entry) => entry.id === each.id),
    );
    this.#insert({ by: "user", epoch: this.#epoch, seq, message, ...(own && { id: own.id }) });
  }

  #insert(entry: Entry): void {
    this.entries = [...this.entries, entry].sort(inOrder);
  }

  #has(seq: number): boolean {
    return this.entries.some((entry) => entry.epoch === this.#epoch && entry.seq === seq);
  }

  /** The greatest number of this conversation that is here. */
  #last(): number {
    return this.entries.reduce(
      (last, entry) => (entry.epoch === this.#epoch ? Math.max(last, Math.floor(entry.seq)) : last),
      0,
    );
  }

  #adopt(): void {
    const { token, epoch, entries, cut } = this.#store.conversation();
    const first = entries[0];
    const older = cut && first ? this.entries.filter((each) => inOrder(each, first) < 0) : [];
    this.#token = token;
    this.#epoch = epoch;
    this.#whole = !cut || older.length > 0;
    this.entries = [...older, ...entries];
    this.waiting = this.#store.waiting();
  }

  #keep(): void {
    this.#store.keep({ token: this.#token, epoch: this.#epoch, entries: this.entries });
    this.#listener.changed();
  }
}

/** Unguessable enough to be no other message's: 96 random bits. */
function identifier(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function inOrder(a: Entry, b: Entry): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/** A button that the server would not know is said in words. */
function inWords(waiting: Waiting): Waiting {
  if (waiting.payload) waiting.text = waiting.name ?? waiting.text;
  delete waiting.payload;
  return waiting;
}
