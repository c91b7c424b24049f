/**
 * Before the app: its camera is a picture that we draw. `showRow` holds up one ticket after the other, each until its
 * verdict is on the screen, with a moment of nothing in between.
 */
{
  const [WIDTH, HEIGHT, MODULE, QUIET] = [640, 480, 7, 4];
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** @type {Map<string, string>} whose each record is */
  const handles = new Map();
  let qrModules = null;
  let modules = null;
  let turn = 0;

  // A camera's picture never stands still.
  function draw() {
    context.fillStyle = "#969696";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = (turn = 1 - turn) ? "#000" : "#fff";
    context.fillRect(0, 0, 4, 4);
    if (!modules) return;
    const side = (modules.length + 2 * QUIET) * MODULE;
    const [left, top] = [(WIDTH - side) / 2, (HEIGHT - side) / 2];
    context.fillStyle = "#e8e8e8";
    context.fillRect(left, top, side, side);
    context.fillStyle = "#2d2d2d";
    modules.forEach((row, y) =>
      row.forEach((dark, x) => {
        if (dark) context.fillRect(left + (x + QUIET) * MODULE, top + (y + QUIET) * MODULE, MODULE, MODULE);
      }),
    );
  }

  navigator.mediaDevices.getUserMedia = async () => {
    draw();
    setInterval(draw, 33);
    return canvas.captureStream(30);
  };

  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "records") handles.set(given[0].nonce, given[0].handle);
    return put.apply(this, given);
  };

  window.prepareRow = async () => {
    const { name } = performance.getEntriesByType("resource").find((one) => /\/qr(\.\w+)?\.js$/.test(one.name));
    ({ qrModules } = await import(name));
  };

  /**
   * @param {[string, string][]} tickets code and handle
   * @returns {Promise<{times: number[], again: number}>} milliseconds from drawing each to seeing its verdict; `again`:
   *   verdicts on a ticket that had one and was still there
   */
  window.showRow = async (tickets) => {
    const panel = document.querySelector("[data-part=verdict]");
    const times = [];
    const others = new Set();
    for (const [code, handle] of tickets) {
      modules = qrModules(`HTTPS://TORGET.EXAMPLE/T/${code}`);
      draw();
      const since = performance.now();
      while (handles.get(panel.dataset.nonce) !== handle || !panel.dataset.shownAt) {
        if (panel.dataset.outcome === "already_in") others.add(panel.dataset.nonce);
        await nextFrame();
      }
      if (panel.dataset.outcome !== "admitted") throw new Error(`${code}: ${panel.dataset.outcome}`);
      times.push(Number(panel.dataset.shownAt) - since);
      modules = null;
      draw();
      await nextFrame();
      await nextFrame();
    }
    return { times, again: others.size };
  };

  window.keptRecords = () =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open("torget-door");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const count = opening.result.transaction("records").objectStore("records").count();
        count.onsuccess = () => resolve(count.result);
      };
    });
}
