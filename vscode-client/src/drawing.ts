/**
 * The gutter marks as SVG: the shape tells the standing, the bar's pattern tells the evidence; colour only repeats it.
 */

import type { Evidence, Standing } from "./protocol";

export type Theme = "light" | "dark";
export type Part = "head" | "body";

const COLOURS: Readonly<Record<Standing, Readonly<Record<Theme, string>>>> = {
  unreviewed: { light: "#7c4dcc", dark: "#a989e6" },
  reopened: { light: "#1f6fb2", dark: "#6cb6ff" },
  disputed: { light: "#b45309", dark: "#e3924b" },
  approved: { light: "#6e7781", dark: "#8b949e" },
};

/** A ring to fill in, a half-filled ring, an exclamation mark, a tick. `C` is the colour. */
const SHAPES: Readonly<Record<Standing, string>> = {
  unreviewed: '<circle cx="6.6" cy="8" r="3.6" fill="none" stroke="C" stroke-width="1.6"/>',
  reopened: '<circle cx="6.6" cy="8" r="3.6" fill="none" stroke="C" stroke-width="1.6"/><path d="M6.6 4.4a3.6 3.6 0 0 1 0 7.2z" fill="C"/>',
  disputed: '<path d="M6.6 2.6v6.6" stroke="C" stroke-width="2.2" stroke-linecap="round"/><circle cx="6.6" cy="12.4" r="1.4" fill="C"/>',
  approved: '<path d="M2.4 8.6l2.8 2.8 5.6-6.4" fill="none" stroke="C" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
};

export type Pattern = "solid" | "dashed" | "dotted";

/** Solid: somebody or something said, saw or recorded it. Dashed: at second hand, by a copy. Dotted: possibly. */
export const PATTERNS: Readonly<Record<Evidence, Pattern>> = {
  reported: "solid",
  hooked: "solid",
  recorded: "solid",
  declared: "solid",
  copied: "dashed",
  inferred: "dotted",
};

/** Each fits into a line's height a whole number of times, so that neighbours continue one another. */
const STROKES: Readonly<Record<Pattern, string>> = {
  solid: ' stroke-width="2"',
  dashed: ' stroke-width="2" stroke-dasharray="5 3"',
  dotted: ' stroke-width="2.6" stroke-dasharray="0.01 4" stroke-dashoffset="-2" stroke-linecap="round"',
};

/** The mark of one line: the head stands on a Region's first line, the body on those after it. The bar is on both. */
export function drawing(standing: Standing, evidence: Evidence, part: Part, theme: Theme): string {
  const colour = COLOURS[standing][theme];
  const quiet = standing === "approved" ? ' opacity="0.6"' : "";
  const bar = `<path d="M14 0v16" stroke="${colour}"${STROKES[PATTERNS[evidence]]}/>`;
  const inside = part === "head" ? SHAPES[standing].replaceAll("C\"", `${colour}"`) + bar : bar;
  const stretch = ' preserveAspectRatio="none"'; // the bars of neighbours touch, whatever the line height
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"${stretch}><g${quiet}>${inside}</g></svg>`;
}
