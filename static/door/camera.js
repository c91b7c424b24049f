/**
 * The phone's camera: which one, its picture in the page's <video>, its lamp and zoom where the browser has them.
 *
 * @typedef {"denied"|"missing"|"busy"} CameraFault
 * @typedef {{id?: string, facing?: "environment"|"user"}} Which
 * @typedef {ReturnType<typeof createCamera>} Camera
 */

export class CameraError extends Error {
  /** @param {CameraFault} fault */
  constructor(fault) {
    super(fault);
    this.fault = fault;
  }
}

/** @param {HTMLVideoElement} video @param {{onEnd?: () => void}} [listen] `onEnd`: the system took the camera from us */
export function createCamera(video, { onEnd = () => {} } = {}) {
  /** @type {MediaStream|null} */
  let stream = null;

  const track = () => stream?.getVideoTracks()[0];
  const capabilities = () => track()?.getCapabilities?.() ?? {};
  const settings = () => track()?.getSettings?.() ?? {};

  function stop() {
    stream?.getTracks().forEach((one) => one.stop());
    stream = null;
    video.srcObject = null;
  }

  /** @param {MediaTrackConstraints} wanted */
  const apply = (wanted) =>
    track()
      ?.applyConstraints({ advanced: [wanted] })
      .catch(() => {});

  return {
    /** Show the camera with this id, or one that looks that way. Throws CameraError. @param {Which} [which] */
    async start({ id, facing = "environment" } = {}) {
      stop();
      if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("missing");
      const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
      const open = (wanted) => navigator.mediaDevices.getUserMedia({ audio: false, video: { ...wanted, ...size } });
      try {
        stream = await open(id ? { deviceId: { exact: id } } : { facingMode: facing });
      } catch (error) {
        // The camera that was chosen last time may have been unplugged since.
        if (!id || error.name !== "OverconstrainedError") throw new CameraError(faultOf(error));
        stream = await open({ facingMode: facing }).catch((again) => {
          throw new CameraError(faultOf(again));
        });
      }
      track().addEventListener("ended", onEnd);
      video.srcObject = stream;
      await video.play();
      // Codes are at arm's length.
      if (capabilities().focusMode?.includes("continuous")) apply({ focusMode: "continuous" });
    },

    stop,

    /** @returns {Promise<{id: string, label: string}[]>} the cameras that there are, named once one has been allowed */
    async choices() {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.filter((one) => one.kind === "videoinput").map((one) => ({ id: one.deviceId, label: one.label }));
    },

    currentId: () => settings().deviceId ?? "",
    /** @returns {"environment"|"user"|undefined} where the browser tells */
    facing: () => settings().facingMode,

    hasTorch: () => Boolean(capabilities().torch),
    /** @param {boolean} on */
    setTorch: (on) => apply({ torch: on }),

    /** @returns {{min: number, max: number, step: number, now: number}|null} */
    zoom() {
      const { zoom } = capabilities();
      if (!zoom || zoom.max <= zoom.min) return null;
      return { min: zoom.min, max: zoom.max, step: zoom.step || 0.1, now: settings().zoom ?? zoom.min };
    },
    /** @param {number} zoom */
    setZoom: (zoom) => apply({ zoom }),

    isOn: () => track()?.readyState === "live",
  };
}

/** @returns {CameraFault} */
function faultOf(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "denied";
  return error.name === "NotReadableError" || error.name === "AbortError" ? "busy" : "missing";
}
