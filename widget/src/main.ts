/** Puts the widget on the page, and gives the page its one name: `CIEPChat`. */

import { Chat } from "./chat";
import { toLanguage } from "./language";
import { readOptions } from "./options";
import { Server } from "./server";
import { Store } from "./store";
import css from "./style.css";
import type { Language } from "./types";
import { View } from "./ui/view";
import { Widget } from "./widget";

const NAME = "CIEPChat";
const TAG = "ciep-chat";

function start(script: HTMLScriptElement): void {
  const host = document.createElement(TAG);
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];

  const options = readOptions(script);
  const store = new Store();
  const widget = new Widget(options, store);
  const chat = new Chat(new Server(options.base), store, () => widget.language, widget);
  widget.chat = chat;
  const view = new View(widget, shadow);

  Object.defineProperty(window, NAME, {
    configurable: true, // a page that is written anew starts anew
    value: Object.freeze({
      open: () => widget.setOpen(true),
      close: () => widget.setOpen(false),
      ask: (text: string) => widget.ask(String(text)),
      language(tag?: string): Language {
        const language = toLanguage(tag);
        if (language) widget.setLanguage(language);
        return widget.language;
      },
      on: (name: string, handler: (detail: unknown) => void) => widget.on(name, handler),
    }),
  });

  // The page's own links and buttons, without a script of its own.
  document.addEventListener("click", (event) => {
    const from = event.target instanceof Element ? event.target : null;
    const asked = from?.closest<HTMLElement>("[data-ciep-ask]");
    if (asked) widget.ask(asked.dataset.ciepAsk ?? "");
    const tag = from?.closest<HTMLElement>("[data-ciep-language]");
    const language = toLanguage(tag?.dataset.ciepLanguage);
    if (language) widget.setLanguage(language);
    if (asked?.matches("a")) event.preventDefault();
  });

  // Beside the body, not in it: pages replace their body, or move it with all that is in it.
  const place = () => document.documentElement.append(host);
  place(); // at once, for a second copy of this script to see it
  const mount = () => {
    place();
    widget.draw(() => {
      if (widget.open && !host.isConnected) place(); // the page took it away, and now wants it
      view.draw();
    });
    view.draw();
    void chat.sync();
  };
  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount, { once: true });
}

if (document.currentScript instanceof HTMLScriptElement && !document.querySelector(TAG)) {
  start(document.currentScript);
}
