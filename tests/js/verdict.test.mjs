import assert from "node:assert/strict";
import test from "node:test";
import { clockText, momentText } from "../../static/door/moments.js";
import { fill, spoken, verdictOf, waitingVerdict } from "../../static/door/verdict.js";

const TEXTS = {
  admitted: "Welcome in",
  already_in: "Already in",
  already_in_detail: "Came in {when} at {gate}.",
  already_in_advice: "Send the person to the desk.",
  wrong_event: "Another event",
  wrong_event_detail: "The ticket is to {event}, {when}.",
  cancelled: "Cancelled",
  unknown: "Unknown code",
  waiting: "No answer yet",
  waiting_advice: "The scan is kept.",
};
const HOLDER = { name: "Åsa Öberg", company: "Bageriet", kind: "Visitor" };
const moment = (iso) => `<${iso}>`;
const result = (outcome, also = {}) => ({ nonce: "n", outcome, at: "", gate: "", holder: null, earlier: null, event: null, ...also });

test("whoever is let in is named", () => {
  assert.deepEqual(verdictOf(result("admitted", { holder: HOLDER }), TEXTS, moment), {
    outcome: "admitted",
    tone: "good",
    icon: "check-lg",
    title: "Welcome in",
    name: "Åsa Öberg",
    detail: "Bageriet · Visitor",
    advice: "",
  });
});

test("already in says when and where", () => {
  const earlier = { at: "08:14", gate: "North" };
  const verdict = verdictOf(result("already_in", { holder: HOLDER, earlier }), TEXTS, moment);
  assert.equal(verdict.detail, "Came in <08:14> at North.");
  assert.equal(spoken(verdict), "Already in. Åsa Öberg. Came in <08:14> at North.. Send the person to the desk.");
});

test("another event is named with its day", () => {
  const verdict = verdictOf(result("wrong_event", { event: { title: "Natten", starts_at: "22 Oct" } }), TEXTS, moment);
  assert.deepEqual([verdict.tone, verdict.name, verdict.detail], ["mind", "", "The ticket is to Natten, <22 Oct>."]);
});

test("cancelled and unknown stop", () => {
  assert.deepEqual(["cancelled", "unknown"].map((outcome) => verdictOf(result(outcome), TEXTS, moment).tone), ["stop", "stop"]);
});

test("an outcome that this page does not know yet lets nobody in", () => {
  assert.equal(verdictOf(result("blocked"), TEXTS, moment).tone, "stop");
});

test("waiting is neither yes nor no", () => assert.equal(waitingVerdict(TEXTS).tone, "wait"));

test("names with braces stay as they are", () => {
  assert.equal(fill("{who} at {gate}", { who: "{gate}", gate: "North" }), "{gate} at North");
  assert.equal(fill("{unknown}", {}), "{unknown}");
});

test("times are Stockholm's, as each language writes them", () => {
  const night = "2027-03-24T22:30:00Z";
  assert.equal(clockText(night, "sv"), "23.30");
  assert.equal(clockText(night, "en"), "23:30");
});

test("the day is said when it is not today's, by Stockholm's midnight", () => {
  const now = Date.parse("2027-03-24T22:59:00Z");
  assert.equal(momentText("2027-03-24T08:14:00Z", "sv", now), "09.14");
  assert.equal(momentText("2027-03-24T23:01:00Z", "en", now), "Thu 25 Mar 00:01");
  assert.equal(momentText("2027-03-24T23:01:00Z", "sv", now), "tors 25 mars 00.01");
});

test("the hour that comes twice is written as the clock on the wall shows it", () => {
  const before = Date.parse("2026-10-25T00:30:00Z");
  assert.deepEqual(
    [before, before + 3_600_000].map((at) => clockText(at, "sv")),
    ["02.30", "02.30"],
  );
});
