/** A picture of what a camera shows, no larger than reading needs; the same in a worker and on the page. */

// Wider frames cost time and read no better at arm's length.
const LONGEST_SIDE = 800;

/**
 * One canvas for all pictures, so that thousands of frames leave nothing behind.
 * @param {HTMLCanvasElement|OffscreenCanvas} canvas
 * @returns {(source: CanvasImageSource, width: number, height: number) => ImageData}
 */
export function createGrabber(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (!context) throw new Error("no canvas to draw on");
  return (source, width, height) => {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const wide = Math.round(width * scale);
    const high = Math.round(height * scale);
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    context.drawImage(source, 0, 0, wide, high);
    return context.getImageData(0, 0, wide, high);
  };
}
