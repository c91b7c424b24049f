/** The queue taken to the desk: as a file, or as QR codes that the desk's page reads one after the other. */

import { exportQueue, fileOf, piecesOf } from "./export.js";
import { qrModules } from "./qr.js";
import { drawQr, pathOf } from "./qr-drawing.js";

// Larger than this a screen full of codes takes longer than carrying the file.
const MOST_PIECES = 40;

/**
 * @param {{
 *   page: import("./page.js").Page, unsent: () => import("./records.js").DoorRecord[],
 *   about: () => Promise<{door: import("./verdict.js").Door, device: {name?: string}|null}|null>,
 * }} parts
 */
export function createExportSheet({ page, unsent, about }) {
  const { part, say } = page;
  /** @type {string[]} */
  let pieces = [];
  let at = 0;
  let taken = 0;
  let address = "";

  function draw() {
    const few = pieces.length > 0 && pieces.length <= MOST_PIECES;
    part("export-turn").hidden = !few || pieces.length < 2;
    part("export-qr").replaceChildren();
    if (!few) return page.tell("export-pieces-lead", pieces.length ? say("export_too_many") : "");
    page.tell("export-pieces-lead", say("export_piece", { n: at + 1, count: pieces.length }));
    const modules = qrModules(pieces[at]);
    part("export-qr").append(drawQr(page, { side: modules.length, path: pathOf(modules) }));
    part("export-back").disabled = at === 0;
    part("export-next").disabled = at === pieces.length - 1;
  }

  function turn(by) {
    at = Math.min(Math.max(at + by, 0), pieces.length - 1);
    draw();
  }
  part("export-back").addEventListener("click", () => turn(-1));
  part("export-next").addEventListener("click", () => turn(1));
  part("export-file").addEventListener("click", () => (taken = unsent().length));
  page.drawn(draw);

  return {
    /** Whether all that waits has been saved as a file. */
    isTaken: () => taken > 0 && taken >= unsent().length,

    async open() {
      page.closeSheets();
      const known = await about();
      const records = unsent();
      const link = part("export-file");
      page.tell("export-fault", known ? "" : say("export_impossible"));
      link.parentElement.hidden = !known;
      pieces = [];
      if (known) {
        const exported = await exportQueue(records, known.door, known.device);
        const { name, text } = fileOf(exported);
        URL.revokeObjectURL(address);
        address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        link.setAttribute("href", address);
        link.setAttribute("download", name);
        pieces = piecesOf(exported);
      }
      at = 0;
      draw();
      page.open("export");
    },
  };
}
