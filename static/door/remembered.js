/** Choices that are needed before the store is open: language, light, sound, camera. A browser may refuse to keep them. */

const PREFIX = "torget-door-";

/** @param {string} name @returns {string|null} */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Then it is forgotten with the page.
  }
}
