/** What is shown of a conversation, and how the page is changed to show it. */

// @ts-nocheck: node's modules have no types here
import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, keeping, openers, pager, replies, spoken, summary } from "../src/reading";
import { pressFor, timeline } from "../src/timeline";

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
  const { lists } = timeline([saved("job-1", "job-2"), saved("job-2")], []);
  assert.deepEqual([...lists.saved], ["job-2"]);
});

test("a list's text is what its cards do not say", () => {
  assert.deepEqual(spoken(page(2)), { folded: false, lead: "7 jobs:", tail: "3–4 of 7" });
  const note = { text: "Saved: A.\n\nYou have 1:\n\n1. A\nsub", custom: { type: "saved", items: [{ id: "a" }] } };
  assert.deepEqual(spoken(note), { folded: true, lead: "Saved: A.", tail: "" });
  assert.deepEqual(spoken({ text: "a\n\n1. b" }), { lead: "a\n\n1. b" });
});

test("a screen reader is told what an answer comes to", () => {
  assert.equal(summary(page(0), "en"), "7 jobs:\n1–2 of 7");
  const buckets = ["a", "b", "c", "d"].map((code) => ({ code, count: 1200 }));
  const count = { text: "4800 jobs.\n\na: 1200", custom: { type: "count", buckets } };
  assert.equal(summary(count, "en"), "4800 jobs.\na: 1,200\nb: 1,200\nc: 1,200");
  const choice = (title) => ({ title, payload: "/x" });
  const clarify = {
    text: "Which?\n\n1. Jobs\n2. Events",
    buttons: [choice("Jobs"), choice("Events")],
    custom: { type: "clarify" },
  };
  assert.equal(summary(clarify, "en"), "Which?\nJobs\nEvents");
});

test("buttons are the cards', the pager's, and the rest", () => {
  const message = page(2);
  message.buttons.push(button("Help", "help"));
  assert.deepEqual(openers(message).map((each) => each.title), ["1", "2"]);
  assert.deepEqual(pager(message).map((each) => each.title), ["Back", "More"]);
  assert.deepEqual(replies(message).map((each) => each.title), ["Help"]);
});

test("the chart has the bars that the text has, and says how many more there are", () => {
  const codes = Array.from({ length: 12 }, (_, index) => `city-${index}`);
  const custom = {
    type: "count",
    buckets: codes.map((code) => ({ code, count: 5 })),
    labels: { "city-0": "Shenzhen" },
  };
  const message = { text: "60 jobs.\n\nBy city:\nShenzhen: 5\n…\nand 2 more", custom };
  assert.deepEqual(bars(message).map((bar) => bar.name), ["Shenzhen", ...codes.slice(1, 10)]);
  assert.deepEqual(spoken(message), { lead: "60 jobs.", tail: "and 2 more" });
  custom.buckets.length = 10;
  assert.equal(spoken(message).tail, "");
});

const kept = (id, intent, list = "") =>
  button("x", intent, `{"record": "${id}"${list && `, "own_list": "${list}"`}}\nx.signed`);
const record = (id, ...buttons) => bot({ text: "", buttons, custom: { type: "detail", item: { id } } });

test("a record's button undoes what the newest answer tells of its state", () => {
  const opened = record("event-1", kept("event-1", "save_item"), kept("event-1", "add_to_agenda"));
  const state = (...more) => {
    const view = timeline([opened, ...more], []);
    return ["saved", "agenda"].map((list) => [
      view.lists[list].has("event-1"),
      keeping(pressFor(view, list, "event-1").button).leaves,
    ]);
  };
  assert.deepEqual(state(), [[false, false], [false, false]]);
  const saved = bot({
    text: "", buttons: [kept("event-1", "remove_item", "saved")],
    custom: { type: "saved", items: [{ id: "event-1" }] },
  });
  assert.deepEqual(state(saved), [[true, true], [false, false]]);
  // opened again after the chat was cleared, the record itself tells
  const known = record("event-1", kept("event-1", "save_item"), kept("event-1", "remove_item", "agenda"));
  assert.deepEqual(state(known), [[false, false], [true, true]]);
  const removed = bot({ text: "", buttons: [kept("event-1", "save_item")], custom: { type: "saved", items: [] } });
  assert.deepEqual(state(saved, removed), [[false, false], [false, false]]);
});

test("a new token is a new person, who has kept nothing yet", () => {
  const saved = bot({ text: "", custom: { type: "saved", items: [{ id: "job-1" }] } });
  const later = { ...bot({ text: "hello" }), epoch: 1 };
  assert.equal(timeline([saved], []).lists.saved.size, 1);
  assert.equal(timeline([saved, later], []).lists.saved.size, 0);
});
