/** One message of the conversation, as what it is: words, cards, a record, a chart. */

import { number, month } from "../format";
import { languageOf, languageOfMessage } from "../language";
import { safeImage } from "../links";
import { type Bar, bars, intentOf, itemsOf, replies, spoken } from "../reading";
import { h } from "../render";
import { TEXTS, type Texts } from "../texts";
import type { Said, Timeline, Told } from "../timeline";
import type { Button, Language, Message } from "../types";
import type { Widget } from "../widget";
import { Cards, Pager } from "./Cards";
import { Record } from "./Record";
import type { Reader } from "./reader";
import { Rich } from "./Rich";

export function UserMessage({ said, widget }: { said: Said; widget: Widget }) {
  const { texts } = widget;
  const { waiting } = said;
  const failed = waiting?.failed;
  return (
    <div class="row user">
      <By name={texts.you} />
      <div class="bubble">
        <span lang={languageOf(said.text, widget.language)}>{said.text}</span>
      </div>
      {failed && (
        <div class="note">
          {texts.failed[failed]}{" "}
          {failed === "away" && (
            <button class="plain" onClick={() => widget.chat.retry(said.key)}>
              {texts.again}
            </button>
          )}
        </div>
      )}
      {waiting && !failed && widget.chat.trouble && <div class="note">{texts.pending}</div>}
    </div>
  );
}

/** Whose words follow; for ears, and for the focus to land on. A heading, to go from one to the next. */
function By({ name }: { name: string }) {
  return (
    <h3 class="hidden" tabIndex={-1}>
      {name}
    </h3>
  );
}

interface BotProps {
  told: Told;
  lists: Timeline;
  widget: Widget;
  /** What else the message's look depends on: the same, and it looks the same. */
  state: string;
}

const made = new WeakMap<Message, { of: string; drawn: JSX.Element }>();

/** A message as it was drawn before, while that is still how it looks: a long history stays quick. */
export function BotMessage(props: BotProps) {
  const { message, epoch, latest, inHand, turning } = props.told;
  const of = [props.state, epoch, latest, inHand, turning].join();
  const before = made.get(message);
  if (before?.of === of) return before.drawn;
  const drawn = draw(props);
  made.set(message, { of, drawn });
  return drawn;
}

function draw({ told, lists, widget }: BotProps) {
  const { message, latest, epoch } = told;
  const { custom } = message;
  const language = languageOfMessage(message.text ?? "", custom?.language, widget.language);
  const texts = TEXTS[language];
  const reader: Reader = {
    language,
    texts,
    timeline: lists,
    press: (button, from, name) => widget.chat.press(button, from.epoch, name),
    pressed: ({ payload }) => widget.chat.waiting.some((each) => each.payload === payload && !each.failed),
  };
  // after a change to one's own list the news is the change; the list itself is folded away
  const { lead, tail, folded } = spoken(message);
  const items = itemsOf(message);
  const picture = safeImage(message.image);
  const detail = custom?.type === "detail" ? custom.item : undefined;
  const chart = custom?.type === "count" ? bars(message) : [];
  return (
    <div class="row bot" key={told.key} lang={language} data-key={told.key}>
      <By name={texts.bot} />
      {lead && (
        <div class="bubble">
          <Rich text={lead} texts={texts} />
          {custom?.ticket && !lead.includes(custom.ticket) && (
            <p>
              {texts.ticket}: {custom.ticket}
            </p>
          )}
          {custom?.type === "answer" && <Sources told={told} reader={reader} />}
        </div>
      )}
      {picture && <img src={picture} alt="" loading="lazy" referrerpolicy="no-referrer" />}
      {detail && <Record told={told} item={detail} reader={reader} />}
      {chart.length > 0 && <Chart rows={chart} reader={reader} />}
      {items.length > 0 &&
        (folded ? (
          <details class="folded">
            <summary>{texts.your(items.length)}</summary>
            <Cards told={told} reader={reader} />
          </details>
        ) : (
          <Cards told={told} reader={reader} />
        ))}
      {tail && <div class="position">{tail}</div>}
      <Pager told={told} reader={reader} />
      {latest && !detail && (
        <Replies
          buttons={replies(message)}
          upright={custom?.type === "clarify"}
          press={(button) => widget.chat.press(button, epoch)}
          language={language}
        />
      )}
    </div>
  );
}

function Sources({ told, reader }: { told: Told; reader: Reader }) {
  const { texts, language } = reader;
  const sources = told.message.custom?.sources ?? [];
  if (!sources.length) return null;
  return (
    <div class="sources">
      <span>{sources.length > 1 ? texts.sources : texts.source}</span>
      <ul>
        {sources.map((source) => (
          <li>
            {source.name}
            {source.as_of && <span class="when"> · {month(source.as_of, language)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A table to whom cannot see the bars; the longest bar is the full width. */
function Chart({ rows, reader }: { rows: Bar[]; reader: Reader }) {
  const most = Math.max(...rows.map((row) => row.count), 1);
  const draw = (row: Bar) => (
    <tr>
      <th scope="row">{row.name}</th>
      <td class="track" aria-hidden="true">
        <span style={{ width: `${Math.max((100 * row.count) / most, 1)}%` }} />
      </td>
      <td class="number">{number(row.count, reader.language)}</td>
    </tr>
  );
  return (
    <table class="chart">
      <tbody>{rows.map(draw)}</tbody>
    </table>
  );
}

interface RepliesProps {
  buttons: Button[];
  upright: boolean;
  language: Language;
  press: (button: Button) => void;
}

function Replies({ buttons, upright, language, press }: RepliesProps) {
  if (!buttons.length) return null;
  return (
    <div class={upright ? "replies upright" : "replies"}>
      {buttons.map((button) => (
        <button
          class={intentOf(button) === "affirm" ? "chip strong" : "chip"}
          key={button.payload}
          lang={languageOf(button.title, language)}
          onClick={() => press(button)}
        >
          {button.title}
        </button>
      ))}
    </div>
  );
}

/** What stands before the first message: a greeting and something to begin with. */
export function Welcome({ widget, texts }: { widget: Widget; texts: Texts }) {
  return (
    <div class="row bot" lang={widget.language}>
      <div class="bubble">
        <p>{texts.welcome}</p>
      </div>
      <div class="replies starters">
        {texts.starters.map((text) => (
          <button class="chip" key={text} onClick={() => widget.say(text)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}
