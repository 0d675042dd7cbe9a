/** What the parts of a message need to know of the whole. */

import type { Texts } from "../texts";
import type { Timeline } from "../timeline";
import type { Button, Language } from "../types";

export interface Reader {
  /** The message's language and the words of that language. */
  language: Language;
  texts: Texts;
  timeline: Timeline;
  press: (button: Button, from: { epoch: number }, name?: string) => void;
  /** Whether a press of this button is on its way. */
  pressed: (button: Button) => boolean;
}
