/** The button that hands an event over to the visitor's own calendar. */

import { type CalendarEvent, toCalendar } from "../calendar";
import { h } from "../render";
import type { Texts } from "../texts";
import { Icon } from "./icons";

export function Calendar({ event, texts }: { event: CalendarEvent; texts: Texts }) {
  return (
    <button class="chip" onClick={() => download(event)}>
      <Icon name="events" />
      {texts.calendar}
    </button>
  );
}

function download(event: CalendarEvent): void {
  const file = new Blob([toCalendar(event, new Date())], { type: "text/calendar;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${event.id}.ics`;
  link.click();
  // the download has its own hold on the file by then
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
