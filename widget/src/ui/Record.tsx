/** One record, whole: its card with what is known of it and what can be done with it. */

import { type Children, h } from "../render";
import { day, languageName, number, ownSpan, salary, span } from "../format";
import { safeLink } from "../links";
import { intentOf, keeping } from "../reading";
import { pressFor, type Told } from "../timeline";
import type { Detail, OwnList } from "../types";
import { Calendar } from "./Calendar";
import { LISTS } from "./Cards";
import { Icon, kindIcon } from "./icons";
import type { Reader } from "./reader";
import { Link, Rich } from "./Rich";

const OWNERS = ["hiringOrganization", "provider", "institution", "organizer"] as const;
const CHIPS = ["direction", "eventType", "type", "employmentType", "stage", "industry", "zone"];

export function Record({ told, item, reader }: { told: Told; item: Detail; reader: Reader }) {
  const { texts, language } = reader;
  const { labels = {}, untranslated = [] } = item;
  const kind = kindIcon(told.message.custom?.kind, item.id);
  const title = item.title ?? item.name ?? item.id;
  const owner = OWNERS.map((key) => ({ key, owner: item[key] })).find((each) => each.owner);
  const { city, country } = item.jobLocation ?? labels;
  const place = [city, country !== city && country].filter(Boolean) as string[];
  const where = language === "en" ? place.join(", ") : place.reverse().join("");
  const chips = [
    where,
    item.remote && texts.remote,
    kind === "events" && !labels.city && texts.online,
    ...CHIPS.map((key) => labels[key]),
  ].filter(Boolean) as string[];
  const status = item.status && item.status !== "scheduled" ? labels.status : undefined;
  const original = (key: string, text: string) =>
    untranslated.includes(key) ? <Original text={text} reader={reader} /> : text;
  return (
    <article class="card record">
      <header>
        <span class="kind">
          <Icon name={kind} />
          {texts.kinds[kind]}
        </span>
        {status && <span class="status">{status}</span>}
        {item.sample && <span class="sample">{texts.sample}</span>}
      </header>
      <h4>{original(item.title ? "title" : "name", title)}</h4>
      {owner?.owner && <p class="sub">{original(owner.key, owner.owner.name)}</p>}
      {chips.length > 0 && (
        <ul class="tags">
          {chips.map((chip) => (
            <li>{chip}</li>
          ))}
        </ul>
      )}
      <Facts item={item} kind={kind} reader={reader} />
      {item.description && (
        <div class="description">
          {untranslated.includes("description") ? (
            <Original text={item.description} reader={reader} />
          ) : (
            <Rich text={item.description} texts={texts} />
          )}
        </div>
      )}
      <Actions told={told} item={item} title={title} reader={reader} />
    </article>
  );
}

/** A text that stands in the other language, and says so. */
function Original({ text, reader }: { text: string; reader: Reader }) {
  const other = reader.language === "en" ? "zh-Hans" : "en";
  return (
    <span>
      <span lang={other}>{text}</span> <span class="original">{reader.texts.original}</span>
    </span>
  );
}

function Facts({ item, kind, reader }: { item: Detail; kind: string; reader: Reader }) {
  const { texts, language } = reader;
  const { fields } = texts;
  const job = kind === "jobs";
  const years = item.experienceRequirements;
  const start = item.startDate;
  const email = item.contact ?? item.contactPoint?.email;
  const mail = email && safeLink(`mailto:${email}`);
  const web = safeLink(item.url);
  const rows: [string, Children][] = [
    [fields.time, start && span(start, item.endDate, language)],
    [texts.ownTime, start && ownSpan(start, item.endDate, language)],
    [fields.room, item.location],
    [fields.salary, item.baseSalary && salary(item.baseSalary, language)],
    [fields.degree, job && (item.labels?.educationRequirements ?? texts.anyDegree)],
    [fields.experience, typeof years === "number" && texts.years(years)],
    [fields.skills, item.skills?.join(texts.comma)],
    [fields.openings, item.totalJobOpenings && number(item.totalJobOpenings, language)],
    [
      fields.speakers,
      item.speakers?.length
        ? item.speakers.map(({ name, role }) => (
            <div>{name && role ? texts.role(name, role) : name}</div>
          ))
        : null,
    ],
    [
      fields.languages,
      item.language?.length ? item.language.map((tag) => languageName(tag, language)).join(texts.comma) : null,
    ],
    [fields.alternate, item.alternateName?.join(texts.comma)],
    [fields.posted, item.datePosted && day(item.datePosted, language)],
    [fields.until, item.validThrough && day(item.validThrough, language)],
    [
      texts.email,
      mail && (
        <Link href={mail} texts={texts}>
          {email}
        </Link>
      ),
    ],
    [
      texts.website,
      web && (
        <Link href={web} texts={texts}>
          {new URL(web).host || web}
        </Link>
      ),
    ],
  ];
  return (
    <dl>
      {rows.map(
        ([name, value]) =>
          value && (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

interface ActionsProps {
  told: Told;
  item: Detail;
  title: string;
  reader: Reader;
}

function Actions({ told, item, title, reader }: ActionsProps) {
  const { texts } = reader;
  const buttons = told.message.buttons ?? [];
  const rest = buttons.filter((each) => !keeping(each));
  return (
    <div class="actions">
      {LISTS.map(
        (list) =>
          buttons.some((each) => keeping(each)?.list === list) && (
            <Toggle key={list} list={list} id={item.id} reader={reader} />
          ),
      )}
      {item.startDate && (
        <Calendar
          event={{
            id: item.id,
            title,
            start: item.startDate,
            end: item.endDate,
            place: item.location,
            description: item.description,
            url: safeLink(item.url),
            cancelled: item.status === "cancelled",
          }}
          texts={texts}
        />
      )}
      {rest.map((button) => (
        <button class="chip" key={button.payload} onClick={() => reader.press(button, told)}>
          {intentOf(button) === "previous_page" && <Icon name="back" />}
          {button.title}
        </button>
      ))}
    </div>
  );
}

/**
 * Saved or not, and pressed it is the other; at rest while the answer is on its way. Its words tell
 * which, so it is not `aria-pressed` as well: "Saved, pressed" would be heard as twice undone.
 */
function Toggle({ list, id, reader }: { list: OwnList; id: string; reader: Reader }) {
  const on = reader.timeline.lists[list].has(id);
  const change = pressFor(reader.timeline, list, id);
  const rests = !change || reader.pressed(change.button);
  return (
    <button
      class={on ? "chip keep kept" : "chip keep"}
      aria-disabled={rests}
      title={on ? change?.button.title : undefined}
      onClick={() => rests || reader.press(change.button, change)}
    >
      <Icon name={on ? "check" : list === "saved" ? "save" : "events"} />
      {on ? reader.texts.kept[list] : change?.button.title}
    </button>
  );
}
