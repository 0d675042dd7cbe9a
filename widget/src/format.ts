/** Numbers, money and dates as each language writes them. */

import { TEXTS } from "./texts";
import type { Detail, Language } from "./types";

export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language === "en" ? "en-GB" : language).format(value);
}

/** `CNY 15,000–25,000 a month`, 月薪1.5万–2.5万元; as it was offered. */
export function salary(pay: NonNullable<Detail["baseSalary"]>, language: Language): string {
  const texts = TEXTS[language];
  const ends = [pay.min, pay.max].filter((end): end is number => end !== null);
  if (!ends.length) return "";
  const large = language !== "en" && ends.every((end) => end >= 10_000 && end % 100 === 0);
  const words = ends.map((end) =>
    large ? `${end / 10_000}${texts.tenThousand}` : number(end, language),
  );
  const amount = [...new Set(words)].join("–");
  const currency = texts.currencies[pay.currency] ?? pay.currency;
  const money = language === "en" ? `${currency} ${amount}` : `${amount}${currency}`;
  const bounded =
    pay.min === null ? texts.atMost(money) : pay.max === null ? texts.atLeast(money) : money;
  return texts.per(bounded, pay.unit);
}

/** `8 September 2020`, 2020年9月8日, from an ISO date. */
export function day(iso: string, language: Language): string {
  return write(iso, language, { dateStyle: "long" });
}

/** `Sep 2020`, 2020年9月, from `2020-09`. */
export function month(iso: string, language: Language): string {
  return write(`${iso.slice(0, 7)}-01`, language, { year: "numeric", month: "short" });
}

/** `Tue 8 Sep, 14:00–15:30 (UTC+8)`: on the clock of the place, which the offset names. */
export function span(start: string, end: string | null | undefined, language: Language): string {
  const offset = /([+-])(\d\d):?(\d\d)$/.exec(start);
  const date = (iso: string) =>
    write(iso, language, { weekday: "short", day: "numeric", month: "short" });
  const time = (iso: string) => iso.slice(11, 16);
  const join = (iso: string) => `${date(iso)}${language === "en" ? "," : ""} ${time(iso)}`;
  let text = join(start);
  if (end && end.slice(0, 10) === start.slice(0, 10)) text += `–${time(end)}`;
  else if (end) text += ` – ${join(end)}`;
  if (!offset) return text;
  const minutes = offset[3] === "00" ? "" : `:${offset[3]}`;
  return TEXTS[language].zone(text, `UTC${offset[1]}${Number(offset[2])}${minutes}`);
}

/** The same moment on the reader's own clock; undefined where that is the same clock. */
export function ownSpan(
  start: string,
  end: string | null | undefined,
  language: Language,
): string | undefined {
  const own = (iso: string) => {
    const moment = new Date(iso);
    return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  };
  if (own(start) === start.slice(0, 16)) return undefined;
  return span(own(start), end && own(end), language);
}

function write(iso: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const moment = new Date(`${iso.slice(0, 10)}T00:00Z`);
  if (Number.isNaN(moment.getTime())) return iso;
  const locale = language === "en" ? "en-GB" : language;
  // the day is the text's own, whatever the reader's clock
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" })
    .format(moment)
    .replace(/^(\w{3}), /, "$1 ")
    .replace(/Sept\b/, "Sep"); // as the server writes it
}

/** A language's name in the reader's language, without its script; the tag when it is none. */
export function languageName(tag: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag.split("-")[0] ?? tag) ?? tag;
  } catch {
    return tag;
  }
}
