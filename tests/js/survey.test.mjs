import assert from "node:assert/strict";
import test from "node:test";

const form = (receipt, answer) => ({ action: "/s/abc/", receipt, fields: [["receipt", receipt], ["choice", answer]], tries: 0 });

/** Opens js/survey.js on a page without forms, where ``waiting`` waits; gives what is sent. ``meanwhile`` runs once. */
async function open(waiting, meanwhile) {
  const sent = [];
  const kept = new Map([["survey-waiting", JSON.stringify(waiting)]]);
  const page = { body: { classList: { contains: () => true } }, querySelector: () => ({}) };
  const store = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
  };
  Object.assign(globalThis, {
    HTMLElement: class {},
    HTMLInputElement: class {},
    DOMParser: class {
      parseFromString = () => page;
    },
    document: { querySelector: () => null, addEventListener() {} },
    window: { addEventListener() {}, setTimeout() {}, clearTimeout() {} },
    location: { pathname: "/elsewhere/" },
    async fetch(_url, { body }) {
      sent.push(`${body.get("receipt")}: ${body.get("choice")}`);
      if (sent.length === 1) meanwhile(store);
      return { status: 200, text: async () => "" };
    },
  });
  // Later versions of Node have one of their own.
  Object.defineProperty(globalThis, "localStorage", { value: store, configurable: true });
  await import(`../../static/js/survey.js?${Math.random()}`);
  await new Promise((done) => setTimeout(done, 20));
  return sent;
}

test("an answer that was changed while another was on its way is sent as it is now", async () => {
  const waiting = [form("r1", "yes"), form("r2", "yes")];
  const sent = await open(waiting, (store) => {
    store.setItem("survey-waiting", JSON.stringify([form("r1", "yes"), form("r2", "no")]));
  });

  assert.deepEqual(sent, ["r1: yes", "r2: no"]);
});

test("what is to be forgotten while another was on its way is not sent", async () => {
  const sent = await open([form("r1", "yes"), form("r2", "yes")], (store) => store.removeItem("survey-waiting"));

  assert.deepEqual(sent, ["r1: yes"]);
});
