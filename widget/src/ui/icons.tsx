/** Small pictures, drawn by us; each stands beside words and is hidden from screen readers. */

import { h } from "../render";

const PATHS = {
  chat: "M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5zM8 8h8M8 11.5h5",
  close: "m6 6 12 12M18 6 6 18",
  send: "M12 19V5m-6 6 6-6 6 6",
  clear: "M5 7h14M10 7V5h4v2m-7 0 1 12h8l1-12",
  jobs: "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
  programs: "M12 4a5.5 5.5 0 0 0-3 10v2h6v-2a5.5 5.5 0 0 0-3-10M9.5 20h5",
  institutions: "M4 20h16M6 20V9l6-4 6 4v11M10 20v-5h4v5M10 11h4",
  intentions: "M4 9h13l-3.5-3.5M20 15H7l3.5 3.5",
  events: "M5 6h14v14H5zM5 10.5h14M9 4v4M15 4v4",
  save: "M7 4h10v16l-5-4-5 4z",
  check: "m5 12.5 4.5 4.5L19 7",
  next: "m9 5 7 7-7 7",
  back: "m15 5-7 7 7 7",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A kind's picture; a record's id begins like its kind: `prog-0042`. */
export function kindIcon(kind: string | undefined, id: string): IconName {
  const start = kind ?? id.split("-")[0] ?? "";
  return (Object.keys(PATHS) as IconName[]).find((name) => name.startsWith(start)) ?? "chat";
}
