/** What the parts of a message need to know of the whole. */

import type { Texts } from "../texts";
import type { Told } from "../timeline";
import type { Button, Language } from "../types";

export interface Reader {
  /** The message's language and the words of that language. */
  language: Language;
  texts: Texts;
  saved: ReadonlySet<string>;
  agenda: ReadonlySet<string>;
  press: (button: Button, told: Told, name?: string) => void;
}
