/** A badge on paper: drawn in the page, where only the printer sees it. */

import { drawQr } from "./qr-drawing.js";

/**
 * @param {import("./page.js").Page} page
 * @param {{name: string, company: string, kind: string, code?: string, qr?: {side: number, path: string}|null}} badge
 *   without `qr` for somebody whose ticket the server has not made yet
 */
export function printBadge(page, { name, company, kind, code = "", qr = null }) {
  const { element } = page;
  const sheet = page.part("badge");
  const words = element(
    "div",
    { class: "badge-words" },
    element("p", { class: "badge-name" }, name),
    element("p", { class: "badge-company" }, company),
    element("p", { class: "badge-kind" }, page.say(`kind_${kind}`)),
  );
  sheet.replaceChildren(words);
  if (qr) {
    const box = element("div", { class: "badge-qr" });
    // The server's drawing has its white edge already.
    box.append(drawQr(page, qr, 0), element("p", {}, code));
    sheet.append(box);
  }
  print();
}
