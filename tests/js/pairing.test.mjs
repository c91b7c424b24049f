import assert from "node:assert/strict";
import test from "node:test";
import { Trouble } from "../../static/door/api.js";
import { pair, secretOf } from "../../static/door/pairing.js";
import { memoryStore } from "../../static/door/store.js";
import { CODES, DEVICE, DOOR, aPhone, listAnswer } from "./help/phone.mjs";

test("the secret is read from the address", () => {
  assert.equal(secretOf("#p=abc-DEF_123"), "abc-DEF_123");
  assert.deepEqual(["", "#", "#p=", "#q=abc", "#p=a b"].map(secretOf), [null, null, null, null, null]);
});

async function pairing(answers, secrets) {
  const store = memoryStore();
  const { book } = await aPhone({ store, paired: false, list: null });
  const asked = [];
  const api = {
    async pair(secret, token) {
      asked.push([secret, token, (await store.device()).pairing.token]);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const tries = [];
  for (const secret of secrets) tries.push(await pair({ api, book, store, secret }).catch((error) => error));
  return { store, book, asked, tries };
}

const good = { device: DEVICE, door: DOOR, now: "" };

test("the phone's own token is kept before it is posted", async () => {
  const { store, asked, tries, book } = await pairing([good], ["s"]);
  const [[secret, token, kept]] = asked;
  assert.equal(secret, "s");
  assert.match(token, /^[\w-]{43}$/);
  assert.equal(kept, token);
  assert.deepEqual([tries[0], book.token(), book.door()], [DEVICE, token, DOOR]);
  assert.deepEqual((await store.device()).pairing, null);
});

test("an answer that was lost is asked for again with the same token", async () => {
  const { asked, book } = await pairing([new Trouble("network"), good], ["s", "s"]);
  assert.equal(asked[0][1], asked[1][1]);
  assert.equal(book.token(), asked[0][1]);
});

test("another secret, or one that is over, gets another token", async () => {
  const { asked, tries } = await pairing(
    [new Trouble("refused", { code: "pairing_over" }), good, good],
    ["s", "s", "t"],
  );
  assert.deepEqual([tries[0].code, new Set(asked.map(([, token]) => token)).size], ["pairing_over", 3]);
});

test("paired for another event, a phone drops the old list and the desk's names", async () => {
  const store = memoryStore();
  const { book, door } = await aPhone({ store });
  await store.setNames({ version: 1, sealed: new Uint8Array(3) });
  await book.takeList(listAnswer(), []);
  const api = { pair: async () => ({ ...good, device: { ...DEVICE, event: "night" } }) };
  await pair({ api, book, store, secret: "s" });
  assert.deepEqual([book.list(), await store.loadList(), await store.names()], [null, null, null]);
  assert.equal((await door.take(CODES.visitor)).verdict.outcome, "no_list");
});
