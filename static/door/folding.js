/** Text as somebody in a hurry types it: "asa oberg" is "Åsa Öberg". Pure. As registrations/checkin/desk/folding.py. */

const PLAIN = { æ: "ae", ø: "o", œ: "oe", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ß: "ss" };

/** @param {string} text @returns {string} without capitals, accents and punctuation, its words one space apart */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[æøœđðłþıß]/g, (letter) => PLAIN[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Those in whose name, company or code's last four symbols each word of `typed` is found; names before companies.
 * @param {import("./api.js").Found[]} names @param {string} typed @param {number} [most]
 */
export function findIn(names, typed, most = 20) {
  const words = fold(typed).split(" ").filter(Boolean);
  if (!words.length) return [];
  const hits = [];
  for (const one of names) {
    const name = ` ${fold(one.name)} `;
    const company = ` ${fold(one.company)} `;
    const short = one.short.toLowerCase();
    let rank = one.state === "ok" ? 0 : 0.5;
    const isHit = words.every((word) => {
      if (short === word.replace(/o/g, "0").replace(/[il]/g, "1")) return true;
      const place = placeOf(name, word) || 4 + placeOf(company, word);
      rank += place;
      return place !== 4;
    });
    if (isHit) hits.push({ one, rank, name });
  }
  hits.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return hits.slice(0, most).map(({ one }) => one);
}

/** How well `word` sits in `text`: 1 a whole word, 2 a beginning, 3 within, 0 not at all. */
function placeOf(text, word) {
  if (text.includes(` ${word} `)) return 1;
  if (text.includes(` ${word}`)) return 2;
  return text.includes(word) ? 3 : 0;
}
