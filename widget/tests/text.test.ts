/** Languages, Markdown, links, dates, money, calendars. */

// @ts-nocheck: node's modules have no types here
import assert from "node:assert/strict";
import { test } from "node:test";
import { toCalendar } from "../src/calendar";
import { day, month, salary, span } from "../src/format";
import { languageOf, languageOfMessage, scriptOf, toLanguage, traditional } from "../src/language";
import { safeImage, safeLink } from "../src/links";
import { inline, parse, plain } from "../src/markdown";
import { TEXTS } from "../src/texts";

test("a text's script is told by its characters", () => {
  assert.equal(scriptOf("找能源方面的职位"), "zh-Hans");
  assert.equal(scriptOf("找能源方面的職位"), "zh-Hant");
  assert.equal(scriptOf("找能源"), undefined);
  assert.equal(languageOf("找能源", "zh-Hant"), "zh-Hant");
  assert.equal(languageOf("привет", "en"), "ru");
  assert.equal(languageOf("👍 123", "en"), undefined);
  assert.equal(languageOfMessage("共有7個職位", "zh", "en"), "zh-Hant");
  assert.equal(languageOfMessage("7", "zh", "en"), "zh-Hans");
  assert.equal(languageOfMessage("7", "en", "zh-Hant"), "en");
});

test("language tags come to a language that we speak", () => {
  const tags = ["en-US", "zh", "zh-CN", "zh_TW", "zh-Hant-HK", "zh-Hans-HK", "ru", "", null];
  assert.deepEqual(tags.map(toLanguage), [
    "en", "zh-Hans", "zh-Hans", "zh-Hant", "zh-Hant", "zh-Hans", undefined, undefined, undefined,
  ]);
});

test("every text exists in every language, and none is mixed", () => {
  const leaves = (value, path = "") =>
    typeof value === "object"
      ? Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${key}`))
      : [[path, typeof value === "function" ? value(2, "YEAR") : value]];
  const paths = (language) => leaves(TEXTS[language]).map(([path]) => path)
    .filter((path) => !path.startsWith(".currencies."));
  assert.deepEqual(paths("zh-Hans"), paths("en"));
  assert.deepEqual(paths("zh-Hant"), paths("en"));
  for (const [path, text] of leaves(TEXTS["zh-Hant"])) {
    if (path === ".switchTo" || path === ".other") continue;
    assert.notEqual(scriptOf(text), "zh-Hans", `${path}: ${text}`);
    assert.equal(traditional(text), text);
  }
});

test("markdown becomes a tree, and the rest stays as typed", () => {
  assert.deepEqual(inline("a **b** *c* `d`"), [
    "a ",
    { type: "strong", children: ["b"] },
    " ",
    { type: "em", children: ["c"] },
    " ",
    { type: "code", children: ["d"] },
  ]);
  for (const text of ["2 * 3 * 4", "a*b*c", "**", "* a*", "snake_case_name", "[a](b c)", "<b>x</b>"]) {
    assert.deepEqual(inline(text), [text]);
  }
  assert.deepEqual(
    parse("one\ntwo\n\n• a\n• b\n3. c").map(({ type, start, lines }) => [type, start, lines.length]),
    [["p", undefined, 2], ["ul", undefined, 2], ["ol", 3, 1]],
  );
  assert.equal(plain("**a** [b](https://example.org)\n- c"), "a b\nc");
});

test("an address ends where the sentence goes on", () => {
  const [, link, rest] = inline("见https://example.org/a?b=1，还有");
  assert.equal(link.href, "https://example.org/a?b=1");
  assert.equal(rest, "，还有");
  assert.equal(inline("(https://example.org/a).")[1].href, "https://example.org/a");
});

test("long texts that almost match take no long time", () => {
  const start = performance.now();
  for (const piece of ["*", "**a", "[a](", "`", "https://", "a@", "1. ", "a.", "[", "_"]) {
    parse(piece.repeat(20_000 / piece.length));
  }
  assert.ok(performance.now() - start < 1000);
});

test("only harmless addresses become links", () => {
  const bad = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
    "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://a/b", "//example.org",
    "/path", "", null, undefined, "https://user:word@example.org/",
  ];
  for (const address of bad) assert.equal(safeLink(address), undefined, String(address));
  assert.equal(safeLink("HTTPS://Example.org"), "https://example.org/");
  assert.equal(safeLink("mailto:a@example.org"), "mailto:a@example.org");
  assert.equal(safeImage("mailto:a@example.org"), undefined);
});

test("dates and spans are on the clock of the place", () => {
  assert.equal(day("2020-09-08", "en"), "8 September 2020");
  assert.equal(day("2020-09-08", "zh-Hans"), "2020年9月8日");
  assert.equal(month("2020-09", "en"), "Sep 2020");
  assert.equal(month("2020-09", "zh-Hant"), "2020年9月");
  const [start, end] = ["2020-09-08T14:00:00+08:00", "2020-09-08T15:30:00+08:00"];
  assert.equal(span(start, end, "en"), "Tue 8 Sep, 14:00–15:30 (UTC+8)");
  assert.equal(span(start, null, "zh-Hans"), "9月8日周二 14:00（UTC+8）");
  assert.equal(
    span(start, "2020-09-09T10:00:00+08:00", "en"),
    "Tue 8 Sep, 14:00 – Wed 9 Sep, 10:00 (UTC+8)",
  );
  assert.equal(day("soon", "en"), "soon");
});

test("salaries read as each language writes them", () => {
  const pay = (min, max, currency = "CNY", unit = "MONTH") => ({ min, max, currency, unit });
  assert.equal(salary(pay(15000, 25000), "en"), "CNY 15,000–25,000 a month");
  assert.equal(salary(pay(15000, 25000), "zh-Hans"), "月薪1.5万–2.5万元");
  assert.equal(salary(pay(15000, 25000), "zh-Hant"), "月薪1.5萬–2.5萬元");
  assert.equal(salary(pay(60000, null, "EUR", "YEAR"), "en"), "from EUR 60,000 a year");
  assert.equal(salary(pay(null, 200, "CNY", "HOUR"), "zh-Hans"), "时薪最高200元");
  assert.equal(salary(pay(9000, 9000, "XTS"), "en"), "XTS 9,000 a month");
  assert.equal(salary(pay(null, null), "en"), "");
});

test("a calendar file keeps its lines short and its text whole", () => {
  const title = "氢能、电池与电网论坛；第一场，开场\\致辞, and a long English part of the name";
  const file = toCalendar(
    { id: "event-0001", title, start: "2020-09-08T14:00:00+08:00", description: "a\nb" },
    new Date("2020-09-01T00:00:00Z"),
  );
  for (const line of file.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75);
  const whole = file.replace(/\r\n /g, "");
  assert.ok(whole.includes("SUMMARY:" + title.replace("\\", "\\\\").replace(",", "\\,") + "\r\n"));
  assert.ok(whole.includes("DESCRIPTION:a\\nb\r\n"));
  assert.ok(whole.includes("DTSTAMP:20200901T000000Z\r\n"));
  assert.ok(!whole.includes("DTEND"));
});
