/** Lists: a card for each record, and the buttons that turn their pages. */

import { itemsOf, intentOf, openers, pager } from "../reading";
import { h } from "../render";
import type { Told } from "../timeline";
import type { Button, Item, OwnList } from "../types";
import { Calendar } from "./Calendar";
import { Icon, kindIcon } from "./icons";
import type { Reader } from "./reader";

export const LISTS: OwnList[] = ["saved", "agenda"];

export function Cards({ told, reader }: { told: Told; reader: Reader }) {
  const { message } = told;
  const items = itemsOf(message);
  const open = openers(message);
  return (
    <ul class="cards" role="list" aria-label={reader.texts.list(items.length)} aria-busy={told.turning}>
      {items.map((item, index) => (
        <Card
          key={item.id}
          item={item}
          kind={message.custom?.kind ?? item.kind}
          reader={reader}
          press={open[index] && (() => reader.press(open[index] as Button, told, item.title))}
        />
      ))}
    </ul>
  );
}

interface CardProps {
  item: Item;
  kind: string | undefined;
  reader: Reader;
  press: (() => void) | undefined;
}

function Card({ item, kind, reader, press }: CardProps) {
  const { texts, timeline } = reader;
  // `employer · city · salary · degree`: the first tells whose it is, the rest are its tags
  const [first, ...tags] = (item.subtitle ?? "").split(" · ");
  const name = kindIcon(kind, item.id);
  return (
    <li class="card">
      <span class="badge">
        <Icon name={name} />
        {texts.kinds[name] && <span class="hidden">{texts.kinds[name]}</span>}
      </span>
      <div class="body">
        {press ? (
          <button class="title" onClick={press}>
            {item.title}
          </button>
        ) : (
          <strong class="title">{item.title}</strong>
        )}
        {first && <div class="sub">{first}</div>}
        {tags.length > 0 && (
          <ul class="tags">
            {tags.map((tag) => (
              <li>{tag}</li>
            ))}
          </ul>
        )}
        {LISTS.map((list) => timeline.lists[list].has(item.id) && <Mark text={texts.kept[list]} />)}
        {!!item.clashes?.length && <div class="warning">{texts.clash}</div>}
        {!!item.reasons?.length && (
          <details class="why">
            <summary>{texts.why}</summary>
            <ul>
              {item.reasons.map((reason) => (
                <li>{reason}</li>
              ))}
            </ul>
          </details>
        )}
        {item.startDate && (
          <Calendar
            event={{ id: item.id, title: item.title, start: item.startDate, end: item.endDate, url: item.url }}
            texts={texts}
          />
        )}
      </div>
      {press && (
        <span class="go">
          <Icon name="next" />
        </span>
      )}
    </li>
  );
}

function Mark({ text }: { text: string }) {
  return (
    <div class="mark">
      <Icon name="check" />
      {text}
    </div>
  );
}

/** The page's buttons; while a page is on its way they stay where they are, and keep the focus. */
export function Pager({ told, reader }: { told: Told; reader: Reader }) {
  const buttons = pager(told.message);
  if (!buttons.length || !told.inHand) return null;
  return (
    <nav class="pager" aria-label={reader.texts.pages}>
      {buttons.map((button) => {
        const back = intentOf(button) === "previous_page";
        return (
          <button
            class="chip"
            key={back ? "back" : "next"}
            aria-disabled={told.turning}
            onClick={() => told.turning || reader.press(button, told)}
          >
            {back && <Icon name="back" />}
            {button.title}
            {!back && <Icon name="next" />}
          </button>
        );
      })}
    </nav>
  );
}
