/** Times of day as the rest of Torget writes them, always in Stockholm's time. Pure. */

const ZONE = "Europe/Stockholm";
const LOCALES = { sv: "sv-SE", en: "en-GB" };

/**
 * "09.14" today, "tis 22 okt 09.14" otherwise; a colon in English.
 * @param {string|number|Date} value
 * @param {"sv"|"en"} language
 * @param {number} now milliseconds
 */
export function momentText(value, language, now) {
  const date = new Date(value);
  const clock = clockText(date, language);
  const day = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(moment);
  if (day(date) === day(new Date(now))) return clock;
  const options = { timeZone: ZONE, weekday: "short", day: "numeric", month: "short" };
  return `${new Intl.DateTimeFormat(LOCALES[language], options).format(date).replace(/[.,]/g, "")} ${clock}`;
}

/** @param {string|number|Date} value @param {"sv"|"en"} language */
export function clockText(value, language) {
  const options = { timeZone: ZONE, hour: "2-digit", minute: "2-digit" };
  const written = new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(value));
  return language === "sv" ? written.replace(":", ".") : written;
}
