// Icons for buttons, as strokes in a square of 24 by 24.

const STROKES = {
  close: "M6 6l12 12M18 6L6 18",
  previous: "M14 6l-6 6 6 6",
  next: "M10 6l6 6-6 6",
  link: "M10 14l4-4M8 12l-2 2a3 3 0 004 4l2-2M16 12l2-2a3 3 0 00-4-4l-2 2",
  copy: "M9 9h10v11H9zM5 15V4h10",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  retry: "M19 8a8 8 0 10.5 6M19 3v5h-5",
  good: "M4 11h3v9H4zM7 12l4-8c2 0 3 1 2.500 3L13 10h6l-1.500 10H7",
  bad: "M4 13h3V4H4zM7 12l4 8c2 0 3-1 2.500-3L13 14h6L17.500 4H7",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  remove: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  add: "M12 5v14M5 12h14",
  theme: "M12 3a9 9 0 100 18zM12 3a9 9 0 010 18",
};
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}
