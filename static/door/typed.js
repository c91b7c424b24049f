/** A code that somebody types: small letters, dashes, O for 0 and I or L for 1 are all the same. */

import { LENGTH, readCode, typedLength } from "./codes.js";

/** @param {{page: import("./page.js").Page, take: (code: string) => any}} parts */
export function createTyped({ page, take }) {
  const { part, say } = page;
  const form = part("typed");
  const field = form.elements.text;
  const fault = (text) => page.fault(field, part("typed-fault"), text);

  page.sheet("typed").addEventListener("opening", () => {
    form.reset();
    fault("");
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = readCode(field.value);
    const length = typedLength(field.value);
    if (!code) return fault(length === LENGTH ? say("typed_strange") : say("typed_length", { n: length }));
    page.closeSheets();
    take(code);
  });
}
