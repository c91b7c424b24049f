import assert from "node:assert/strict";
import test from "node:test";
import { keep, outcome, pause, read, triedAgain, without } from "../../static/js/waiting.js";

const FORM = [
  ["csrfmiddlewaretoken", "old"],
  ["at", "3"],
  ["receipt", "r1"],
  ["answer-satisfied", "1.good"],
  ["choice", "yes"],
];

test("the last question's form waits to be sent whole, without its token", () => {
  assert.deepEqual(keep([], "/s/abc/", FORM), [
    {
      action: "/s/abc/",
      receipt: "r1",
      fields: [
        ["at", "3"],
        ["receipt", "r1"],
        ["answer-satisfied", "1.good"],
        ["choice", "yes"],
        ["go", "send"],
      ],
      tries: 0,
    },
  ]);
});

test("the same form waits once, with what was pressed last", () => {
  const once = keep([], "/s/abc/", FORM);
  const again = keep(triedAgain(once, "r1"), "/s/abc/", [...FORM.slice(0, 4), ["choice", "no"]]);
  assert.equal(again.length, 1);
  assert.deepEqual(again[0].fields.at(-2), ["choice", "no"]);
  assert.equal(again[0].tries, 0);
});

test("a question that is passed over takes back what stood in its field", () => {
  const [one] = keep([], "/s/abc/", [...FORM, ["go", "pass"]]);
  assert.deepEqual(
    one.fields.filter(([name]) => name === "choice" || name === "go"),
    [
      ["choice", ""],
      ["go", "send"],
    ],
  );
});

test("boxes of which none is ticked are an answer that was taken back", () => {
  const [one] = keep([], "/s/abc/", [...FORM.slice(0, 4), ["go", "on"]]);
  assert.deepEqual(one.fields.at(-2), ["choice", ""]);
});

test("a form without a number of its own does not wait: it could count twice", () => {
  assert.deepEqual(keep([], "/s/abc/", [["choice", "yes"]]), []);
});

test("a tablet keeps forty forms at most, the latest", () => {
  let waiting = [];
  for (let n = 0; n < 50; n++) waiting = keep(waiting, "/svar/X/", [["receipt", `r${n}`]]);
  assert.equal(waiting.length, 40);
  assert.equal(waiting.at(-1).receipt, "r49");
  assert.deepEqual(without(waiting, "r49").at(-1).receipt, "r48");
});

test("what was kept is read back", () => {
  const waiting = keep([], "/s/abc/", FORM);
  assert.deepEqual(read(JSON.stringify(waiting)), waiting);
});

for (const text of [null, "", "{", "null", "3", '{"a": 1}', "[null, 3, {}]", '[{"action":"//evil/","receipt":"r","fields":[],"tries":0}]', '[{"action":"/s/","receipt":"r","fields":[[1,2]],"tries":0}]']) {
  test(`storage that holds ${text} holds nothing that waits`, () => assert.deepEqual(read(text), []));
}

for (const [answer, became] of [
  [{ status: 200, ours: true, thanks: true }, "sent"],
  [{ status: 422, ours: true, thanks: false }, "ask"],
  [{ status: 200, ours: true, thanks: false }, "ask"],
  [{ status: 410, ours: true, thanks: false }, "gone"],
  [{ status: 500, ours: true, thanks: false }, "again"],
  [{ status: 429, ours: true, thanks: false }, "again"],
  [{ status: 200, ours: false, thanks: false }, "again"],
  [{ status: 502, ours: false, thanks: false }, "again"],
  [{ status: 403, ours: false, thanks: false }, "again"],
  [{ status: 404, ours: true, thanks: false }, "again"],
  [{ status: 410, ours: false, thanks: false }, "again"],
]) {
  test(`${JSON.stringify(answer)} is ${became}`, () => assert.equal(outcome(answer), became));
}

test("it waits longer each time, a minute at most", () => {
  assert.deepEqual([0, 1, 2, 5, 100].map(pause), [2000, 4000, 8000, 60000, 60000]);
});
