/** The web API, as the contract's third section has it. */

import type { Message } from "./types";

/** An answer that is none. `code` and `wait` (milliseconds) are the server's own. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly wait: number,
  ) {
    super(code);
  }
}

/** A turn may take the server 40 s; a line that is silent for longer is dead. */
const PATIENCE = 60_000;

export class Server {
  readonly #base: URL;

  constructor(base: URL) {
    this.#base = base;
  }

  async session(language: string): Promise<string> {
    return (await this.#json("session", { language })).token;
  }

  async history(token: string, after: number): Promise<Message[]> {
    return (await this.#json("history", { token, after })).messages;
  }

  async clear(token: string): Promise<void> {
    await this.#json("clear", { token });
  }

  /** Say something: `onLine` is called for the acknowledgement and for each message as it comes. */
  async say(body: object, onLine: (line: Message & { type?: string }) => void): Promise<void> {
    const stop = new AbortController();
    let timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await this.#post("messages", { ...body, stream: true }, stop.signal);
      // without a body this throws, as a broken one does
      const stream = answer.body as ReadableStream<Uint8Array<ArrayBuffer>>;
      const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value = "", done } = await reader.read();
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), PATIENCE);
        const lines = (rest + value + (done ? "\n" : "")).split("\n");
        rest = lines.pop() ?? "";
        for (const text of lines) {
          if (!text) continue;
          const line = JSON.parse(text);
          if (line.type === "error") {
            const code = line.error?.code ?? "";
            throw new Refused(code === "unavailable" ? 503 : 500, code, 0);
          }
          onLine(line);
        }
        if (done) return;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #json(path: string, body: object) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await (await this.#post(path, body, stop.signal)).json();
    } finally {
      clearTimeout(timer);
    }
  }

  async #post(path: string, body: object, signal: AbortSignal): Promise<Response> {
    const answer = await fetch(new URL(path, this.#base), {
      method: "POST",
      body: JSON.stringify(body), // a string is text/plain: a CORS simple request, no preflight
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal,
    });
    if (answer.ok) return answer;
    const error = (await answer.json().catch(() => ({}))).error ?? {};
    const seconds = Number(answer.headers.get("Retry-After")) || 0;
    throw new Refused(answer.status, error.code ?? "", seconds * 1000);
  }
}
