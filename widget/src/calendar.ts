/** An event as an iCalendar file (RFC 5545). */

export interface CalendarEvent {
  id: string;
  title: string;
  /** ISO 8601 with an offset. */
  start: string;
  end?: string | null;
  place?: string | null;
  description?: string | null;
  url?: string | null;
  cancelled?: boolean;
}

/** The file's text; `now` is the moment of its making. */
export function toCalendar(event: CalendarEvent, now: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//CIEP Assistant//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${escape(event.id)}@ciep-assistant`,
    `DTSTAMP:${moment(now)}`,
    `DTSTART:${moment(new Date(event.start))}`,
    event.end && `DTEND:${moment(new Date(event.end))}`,
    `SUMMARY:${escape(event.title)}`,
    event.place && `LOCATION:${escape(event.place)}`,
    event.description && `DESCRIPTION:${escape(event.description)}`,
    event.url && `URL:${event.url}`,
    event.cancelled && "STATUS:CANCELLED",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.filter((line): line is string => !!line).map(fold).join("\r\n") + "\r\n";
}

function moment(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, "");
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

/** At most 75 octets a line, a character never cut. */
function fold(line: string): string {
  let size = 0;
  let folded = "";
  for (const char of line) {
    const octets = new TextEncoder().encode(char).length;
    if (size + octets > 75) {
      folded += "\r\n ";
      size = 1;
    }
    folded += char;
    size += octets;
  }
  return folded;
}
