/** What is shown of a conversation, and how the page is changed to show it. */

// @ts-nocheck: node's modules have no types here
import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, openers, pager, replies, spoken, summary } from "../src/reading";
import { timeline } from "../src/timeline";

const button = (title, intent, entities = "") => ({ title, payload: `/${intent}${entities}` });
const page = (offset, query = { industry: ["energy"] }) => ({
  text: `7 jobs:\n\n1. A${offset}\nsub\n\n2. B${offset}\nsub\n\n${offset + 1}–${offset + 2} of 7`,
  buttons: [
    button("1", "select_item"),
    button("2", "select_item"),
    button("More", "next_page"),
    ...(offset ? [button("Back", "previous_page")] : []),
  ],
  custom: {
    type: "results", kind: "jobs", language: "en", query, total: 7, offset,
    items: [{ id: "job-1", title: `A${offset}` }, { id: "job-2", title: `B${offset}` }],
  },
});
let seq = 0;
const user = (text) => ({ by: "user", epoch: 0, seq: ++seq, message: { text } });
const bot = (message) => ({ by: "bot", epoch: 0, seq: ++seq, message });
const shown = (entries, waiting = []) =>
  timeline(entries, waiting).shown.map((each) =>
    each.by === "user" ? each.text : (each.message.custom?.items?.[0].title ?? each.message.text),
  );

test("a page takes the place of the one before", () => {
  assert.deepEqual(shown([user("jobs"), bot(page(0)), user("More"), bot(page(2))]), ["jobs", "A2"]);
});

test("another search with the same words is another list", () => {
  const other = page(0, { industry: ["finance"] });
  assert.deepEqual(shown([user("jobs"), bot(page(0)), user("More"), bot(other)]), [
    "jobs", "A0", "More", "A0",
  ]);
});

test("a page that does not come is asked for in sight", () => {
  const entries = [user("jobs"), bot(page(0))];
  const waiting = { id: "x", text: "More", epoch: 0, at: 0 };
  const [, list] = timeline(entries, [waiting]).shown;
  assert.equal(list.turning, true);
  assert.deepEqual(shown(entries, [{ ...waiting, failed: "away" }]), ["jobs", "A0", "More"]);
});

test("a pressed number is shown as what it opened", () => {
  const detail = { text: "x", custom: { type: "detail", item: { id: "job-2", title: "B" } } };
  assert.deepEqual(shown([user("jobs"), bot(page(0)), user("2"), bot(detail)]), ["jobs", "A0", "B", "x"]);
  assert.deepEqual(shown([user("2"), bot({ text: "?" })]), ["2", "?"]);
});

test("the newest list of one's own tells what is saved", () => {
  const saved = (...ids) => bot({ text: "", custom: { type: "saved", items: ids.map((id) => ({ id })) } });
  const { saved: now } = timeline([saved("job-1", "job-2"), saved("job-2")], []);
  assert.deepEqual([...now], ["job-2"]);
});

test("a list's text is what its cards do not say", () => {
  assert.deepEqual(spoken(page(2)), { lead: "7 jobs:", tail: "3–4 of 7" });
  assert.equal(summary(page(0)), "7 jobs:\n1–2 of 7");
  const note = { text: "Saved: A.\n\nYou have 1:\n\n1. A\nsub", custom: { type: "saved", items: [{ id: "a" }] } };
  assert.deepEqual(spoken(note), { lead: "Saved: A.\n\nYou have 1:", tail: "" });
  assert.deepEqual(spoken({ text: "a\n\n1. b" }), { lead: "a\n\n1. b", tail: "" });
});

test("buttons are the cards', the pager's, and the rest", () => {
  const message = page(2);
  message.buttons.push(button("Help", "help"));
  assert.deepEqual(openers(message).map((each) => each.title), ["1", "2"]);
  assert.deepEqual(pager(message).map((each) => each.title), ["Back", "More"]);
  assert.deepEqual(replies(message).map((each) => each.title), ["Help"]);
});

test("bars have their names from the text, or their code", () => {
  const message = {
    text: "1,234 jobs.\n\nBy city:\nShenzhen: 1,000\n北京：234",
    custom: { type: "count", buckets: [{ code: "shenzhen", count: 1000 }, { code: "beijing", count: 234 }] },
  };
  assert.deepEqual(bars(message), [{ name: "Shenzhen", count: 1000 }, { name: "北京", count: 234 }]);
  message.text = "1,234 jobs.";
  assert.deepEqual(bars(message).map((bar) => bar.name), ["shenzhen", "beijing"]);
});
