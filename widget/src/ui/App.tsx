/** The launcher and the panel. Drawn anew, as a whole, at each change; `View` does the rest. */

import { h } from "../render";
import { timeline } from "../timeline";
import { Composer } from "./Composer";
import { Icon } from "./icons";
import { BotMessage, UserMessage, Welcome } from "./Message";
import type { View } from "./view";

export function App({ view }: { view: View }) {
  const { widget } = view;
  const { options, language, texts, open, unread } = widget;
  return (
    <div class={`root ${view.theme} ${options.side}`} lang={language}>
      {options.launcher && (
        <button
          ref={view.launcher}
          class="launcher"
          aria-expanded={open}
          aria-label={open ? texts.close : unread ? texts.unread(unread) : texts.open}
          onClick={() => (open ? view.close() : widget.setOpen(true))}
        >
          <Icon name={open ? "close" : "chat"} />
          {unread > 0 && <span class="count">{unread}</span>}
        </button>
      )}
      <div class="hidden" role="status">
        {unread > 0 && texts.unread(unread)}
      </div>
      {view.used && <Panel view={view} />}
    </div>
  );
}

function Panel({ view }: { view: View }) {
  const { widget } = view;
  const { chat, texts } = widget;
  return (
    <dialog
      ref={view.dialog}
      class="panel"
      aria-labelledby="title"
      onClose={() => view.closed()}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        if (view.asking) view.ask(false);
        else view.close();
      }}
    >
      <Head view={view} />
      <Log view={view} />
      <div class="hidden" role="status" aria-atomic="false">
        {widget.announcements.map(({ key, text, lang }) => (
          <p key={key} lang={lang}>
            {text}
          </p>
        ))}
        {chat.typing && <p>{texts.typing}</p>}
      </div>
      <div role="status">{chat.trouble && <p class="trouble">{texts[chat.trouble]}</p>}</div>
      <Composer view={view} />
    </dialog>
  );
}

function Head({ view }: { view: View }) {
  const { widget } = view;
  const { texts, language } = widget;
  const other = language === "en" ? "zh-Hans" : "en";
  return (
    <div class="head">
      <h2 id="title" ref={view.heading} tabIndex={-1}>
        {widget.title}
      </h2>
      <button class="tool" lang={other} onClick={() => widget.setLanguage(other)}>
        <span aria-hidden="true">{texts.other}</span>
        <span class="hidden">{texts.switchTo}</span>
      </button>
      <button
        ref={view.bin}
        class="tool"
        title={texts.menu}
        aria-expanded={view.asking}
        onClick={() => view.ask(!view.asking)}
      >
        <Icon name="clear" />
      </button>
      <button
        class="tool"
        title={texts.close}
        onClick={() => view.close()}
      >
        <Icon name="close" />
      </button>
      {view.asking && (
        <div class="ask" role="group" aria-label={texts.clearAsk}>
          <p>{texts.clearAsk}</p>
          <button class="chip strong" onClick={() => void view.clear()}>
            {texts.clearYes}
          </button>
          <button class="chip" onClick={() => view.ask(false)}>
            {texts.clearNo}
          </button>
        </div>
      )}
    </div>
  );
}

function Log({ view }: { view: View }) {
  const { widget } = view;
  const { chat, texts } = widget;
  const lists = timeline(chat.entries, chat.waiting);
  // all beside a message itself that may change how it is shown
  const { saved, agenda } = lists.lists;
  const pressed = chat.waiting.map(({ payload, failed }) => !failed && payload);
  const epoch = chat.entries.at(-1)?.epoch;
  const state = [widget.language, epoch, lists.presses.size, [...saved], [...agenda], pressed].join();
  const { shown } = lists;
  const list = shown.find((each) => each.by === "bot" && each.inHand);
  view.newest = shown.at(-1);
  view.list = list?.by === "bot" ? list : undefined;
  return (
    <div ref={view.log} class="log" role="log" aria-live="off" aria-label={texts.log} tabIndex={0}>
      {!shown.length && <Welcome widget={widget} texts={texts} />}
      {shown.map((each) =>
        each.by === "user" ? (
          <UserMessage key={each.key} said={each} widget={widget} />
        ) : (
          <BotMessage told={each} lists={lists} widget={widget} state={state} />
        ),
      )}
      {chat.typing && !view.list?.turning && (
        <div class="typing" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      )}
    </div>
  );
}
