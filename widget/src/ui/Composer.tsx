/** Where the visitor writes. */

import { h } from "../render";
import { Icon } from "./icons";
import { NEAR, type View } from "./view";

export function Composer({ view }: { view: View }) {
  const { texts } = view.widget;
  const { empty, left } = view;
  const send = (event: Event) => {
    event.preventDefault();
    view.send();
  };
  return (
    <form onSubmit={send}>
      <textarea
        aria-label={texts.label}
        ref={view.field}
        rows="1"
        placeholder={texts.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        aria-invalid={left < 0}
        aria-describedby="left"
        onInput={() => view.write()}
        onKeyDown={(event) => {
          // Enter also ends a word in a Chinese input method; Safari tells so by 229 only
          const composing = event.isComposing || event.keyCode === 229;
          if (event.key === "Enter" && !event.shiftKey && !composing) send(event);
        }}
      />
      <button type="submit" class="send" aria-label={texts.send} aria-disabled={empty || left < 0}>
        <Icon name="send" />
      </button>
      <div id="left" class={left < 0 ? "left over" : "left"} role="status">
        {left < NEAR && texts.left(left)}
      </div>
    </form>
  );
}
