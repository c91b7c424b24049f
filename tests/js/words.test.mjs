import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { clockText, momentText } from "../../static/door/moments.js";
import { DETAILS, LOOKS, TEXT_KEYS, fill, spoken, verdictWords } from "../../static/door/words.js";

const TEXTS = {
  ...Object.fromEntries(TEXT_KEYS.map((key) => [key, `<${key}>`])),
  ...Object.fromEntries(
    Object.entries(DETAILS).map(([key, names]) => [`${key}_detail`, `${key}: ${names.map((n) => `{${n}}`).join("|")}`]),
  ),
  pupils: "{pupils} pupils",
  pupils_one: "1 pupil",
  kind_v: "Visitor",
};
const VISITOR = { kind: "v", state: "ok", name: "Åsa Öberg", company: "Bageriet", pupils: 1, wave: null };
const CLASS = { kind: "c", state: "ok", name: "9C", company: "Österportskolan", pupils: 26, wave: 3 };
const NOTHING = {
  entry: null,
  seen: { inside: 0, came: 0 },
  earlier: null,
  elsewhere: null,
  wave: null,
  opensAt: null,
  closesAt: null,
  event: null,
  gates: [],
};
const moment = (value) => `at ${value}`;
const words = (outcome, facts = {}, more = {}, language = "sv") =>
  verdictWords(
    { outcome, heads: 0, minutes: null, letsIn: false, ...more },
    { ...NOTHING, ...facts },
    TEXTS,
    moment,
    language,
  );

test("whoever is let in is named", () => {
  assert.deepEqual(words("admitted", { entry: VISITOR }, { heads: 1 }), {
    outcome: "admitted",
    tone: "good",
    icon: "check-lg",
    title: "<admitted>",
    name: "Åsa Öberg",
    who: "",
    detail: "Bageriet · Visitor",
    advice: "",
  });
});

test("a class is told with its number, also when it is one pupil", () => {
  assert.equal(words("admitted", { entry: CLASS }, { heads: 26 }).detail, "Österportskolan · 26 pupils");
  assert.equal(words("admitted", { entry: CLASS }, { heads: 1 }).detail, "Österportskolan · 1 pupil");
});

test("a class that is in is told about as a class", () => {
  const facts = { seen: { inside: 26, came: 26 }, earlier: { at: 5, gate: "North" } };
  assert.equal(words("already_in", { ...facts, entry: CLASS }).advice, "<already_in_class_advice>");
  assert.equal(words("already_in", { ...facts, entry: VISITOR }).advice, "<already_in_advice>");
});

test("a late class is told by how much", () => {
  const facts = { entry: CLASS, wave: { name: "Wave 1", at: 5 } };
  const { detail, who } = words("admitted", facts, { heads: 26, minutes: 42 });
  assert.deepEqual([detail, who], ["late: Wave 1|at 5|42", "Österportskolan · 26 pupils"]);
});

test("an early class is told when it is its turn", () => {
  assert.equal(
    words("early", { entry: CLASS, wave: { name: "Wave 1", at: 5 } }, { minutes: -42 }).detail,
    "early: Wave 1|at 5|42",
  );
});

test("already in says when and where", () => {
  const earlier = { at: 814, gate: "North" };
  assert.equal(words("already_in", { entry: VISITOR, earlier }).detail, "already_in: at 814|North");
  assert.equal(
    words("already_in", { entry: CLASS, earlier, seen: { inside: 27, came: 27 } }).detail,
    "already_in_class: 27 pupils|at 814|North",
  );
});

test("what is not known is not said", () => {
  assert.equal(words("already_in", { entry: VISITOR }).detail, "Bageriet · Visitor");
  assert.equal(words("wrong_event").detail, "");
});

test("day, gate, event and hours have their sentences, in the guard's language", () => {
  const event = { title: "Mässan", title_en: "The fair" };
  const elsewhere = { ...event, starts_at: "2027" };
  assert.equal(words("wrong_day", { event, opensAt: 1 }, {}, "en").detail, "wrong_day: The fair|at 1");
  assert.equal(words("wrong_gate", { gates: ["North", "South"] }).detail, "wrong_gate: North, South");
  assert.equal(words("wrong_event", { elsewhere }).detail, "wrong_event: Mässan|at 2027");
  assert.equal(words("too_early", { opensAt: 1 }).detail, "too_early: at 1");
  assert.equal(words("closed", { closesAt: 2 }).detail, "closed: at 2");
  assert.equal(words("left", { entry: CLASS }, { heads: 20 }).detail, "left_class: 20 pupils");
  assert.equal(words("corrected", { entry: CLASS }, { heads: 25 }).detail, "corrected: 25 pupils");
});

test("every outcome has a tone, a symbol that is there, and a title", () => {
  const symbols = readFileSync(new URL("../../static/icons.svg", import.meta.url), "utf8");
  for (const [outcome, { tone, icon }] of Object.entries(LOOKS)) {
    assert.ok(["good", "mind", "stop", "wait"].includes(tone), outcome);
    assert.ok(symbols.includes(`id="${icon}"`), `${outcome}: ${icon}`);
    assert.equal(words(outcome).title, `<${outcome}>`);
  }
});

test("no two refusals look the same", () => {
  const icons = Object.entries(LOOKS)
    .filter(([outcome]) => !outcome.includes("practice"))
    .map(([, { icon }]) => icon);
  assert.equal(new Set(icons).size, icons.length);
});

test("an outcome that this page does not know yet lets nobody in", () => assert.equal(words("invented").tone, "stop"));

test("the list of texts names each once", () => {
  assert.equal(new Set(TEXT_KEYS).size, TEXT_KEYS.length);
  for (const key of ["admitted", "already_in_class_detail", "unknown_advice", "kind_c", "pupils_one"])
    assert.ok(TEXT_KEYS.includes(key));
});

test("words are read out as sentences", () => {
  assert.equal(
    spoken({ title: "Already in", name: "Åsa", who: "", detail: "Came in at 9.", advice: "Ask." }),
    "Already in. Åsa. Came in at 9. Ask",
  );
});

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
