/** What a site owner sets on the script's element, and how the page may call. */

import { toLanguage } from "./language";
import type { Language } from "./types";

export interface Options {
  /** Where the server's API is: the folder of the script. */
  base: URL;
  language: Language;
  theme: "auto" | "light" | "dark";
  side: "left" | "right";
  /** Open by itself on a visitor's first page. */
  open: boolean;
  /** Whether there is a launcher; without one the page opens the chat itself. */
  launcher: boolean;
  /** The panel's name, by language, where the site gives one. */
  titles: Partial<Record<Language, string>>;
}

export function readOptions(script: HTMLScriptElement): Options {
  const { language, theme, position, open, launcher, title, titleZh } = script.dataset;
  const page = document.documentElement.lang;
  return {
    base: new URL(".", script.src),
    language:
      toLanguage(language) ?? toLanguage(page) ??
      navigator.languages.map(toLanguage).find((each) => each) ?? "en",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    side: position === "left" ? "left" : "right",
    open: open === "true",
    launcher: launcher !== "none",
    titles: {
      ...(title && { en: title, "zh-Hans": title, "zh-Hant": title }),
      ...(titleZh && { "zh-Hans": titleZh, "zh-Hant": titleZh }),
    },
  };
}
