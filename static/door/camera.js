/**
 * The phone's camera: which one, its picture in the page's <video>, its lamp.
 *
 * @typedef {"denied"|"missing"|"busy"} CameraFault
 */

export class CameraError extends Error {
  /** @param {CameraFault} fault */
  constructor(fault) {
    super(fault);
    this.fault = fault;
  }
}

/** @param {HTMLVideoElement} video */
export function createCamera(video) {
  /** @type {MediaStream|null} */
  let stream = null;

  const track = () => stream?.getVideoTracks()[0];

  function stop() {
    stream?.getTracks().forEach((one) => one.stop());
    stream = null;
    video.srcObject = null;
  }

  return {
    /** Show the camera `id`, or the one on the back. Throws CameraError. @param {string} [id] */
    async start(id) {
      stop();
      if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("missing");
      const which = id ? { deviceId: { exact: id } } : { facingMode: "environment" };
      const constraints = { audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } };
      try {
        stream = await navigator.mediaDevices.getUserMedia(constraints);
      } catch (error) {
        throw new CameraError(faultOf(error));
      }
      video.srcObject = stream;
      await video.play();
    },

    stop,

    /** @returns {Promise<{id: string, label: string}[]>} the cameras that there are, named once one has been allowed */
    async choices() {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.filter((one) => one.kind === "videoinput").map((one) => ({ id: one.deviceId, label: one.label }));
    },

    currentId: () => track()?.getSettings().deviceId ?? "",

    hasTorch: () => Boolean(track()?.getCapabilities?.().torch),

    /** @param {boolean} on */
    setTorch: (on) => track()?.applyConstraints({ advanced: [{ torch: on }] }),

    isOn: () => track()?.readyState === "live",
  };
}

/** @returns {CameraFault} */
function faultOf(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "denied";
  return error.name === "NotReadableError" || error.name === "AbortError" ? "busy" : "missing";
}
