/** QR codes as drawings: black on white whatever the screen's light. Pure but for the element that it makes. */

const QUIET = 4;

/** The dark modules as an SVG path, each run of dark in a row one rectangle. @param {boolean[][]} modules */
export function pathOf(modules) {
  return modules
    .flatMap((row, y) =>
      [
        ...row
          .map((dark) => (dark ? "1" : "0"))
          .join("")
          .matchAll(/1+/g),
      ].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join("");
}

/** @param {import("./page.js").Page} page @param {{side: number, path: string}} qr `quiet`: the white round it is in the path already */
export function drawQr(page, { side, path }, quiet = QUIET) {
  const box = `${-quiet} ${-quiet} ${side + 2 * quiet} ${side + 2 * quiet}`;
  const make = (tag, attributes) => {
    const made = page.root.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    return made;
  };
  const drawing = make("svg", { viewBox: box, role: "img", "aria-label": "QR", "shape-rendering": "crispEdges" });
  const white = { x: -quiet, y: -quiet, width: side + 2 * quiet, height: side + 2 * quiet, fill: "#fff" };
  drawing.append(make("rect", white), make("path", { d: path, fill: "#000" }));
  return drawing;
}
