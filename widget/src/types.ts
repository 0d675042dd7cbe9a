/** What the server sends: the contract's messages. Anything may be missing; nothing is trusted. */

/** A language that the widget speaks, as a BCP 47 tag. */
export type Language = "en" | "zh-Hans" | "zh-Hant";

/** A list of records that a visitor keeps. */
export type OwnList = "saved" | "agenda";

export interface Button {
  title: string;
  payload: string;
}

export interface Item {
  id: string;
  title: string;
  subtitle?: string;
  /** What an alert looks for. */
  kind?: string;
  url?: string | null;
  reasons?: string[];
  startDate?: string | null;
  endDate?: string | null;
  clashes?: string[];
}

export interface Owner {
  id: string;
  name: string;
}

/** A whole record, under schema.org's names; see the contract's first table. */
export interface Detail {
  id: string;
  title?: string | null;
  name?: string | null;
  description?: string | null;
  location?: string | null;
  hiringOrganization?: Owner | null;
  provider?: Owner | null;
  institution?: Owner | null;
  organizer?: Owner | null;
  jobLocation?: { city?: string | null; country?: string | null } | null;
  remote?: boolean;
  employmentType?: string | null;
  educationRequirements?: string | null;
  experienceRequirements?: number | null;
  skills?: string[];
  totalJobOpenings?: number | null;
  baseSalary?: { min: number | null; max: number | null; currency: string; unit: string } | null;
  datePosted?: string | null;
  validThrough?: string | null;
  startDate?: string | null;
  endDate?: string | null;
  speakers?: { name: string | null; role: string | null }[];
  alternateName?: string[];
  language?: string[];
  contact?: string | null;
  contactPoint?: { email?: string } | null;
  status?: string | null;
  url?: string | null;
  /** Codes' names in the message's language, by the key of this object that has the code. */
  labels?: Record<string, string>;
  sample?: boolean;
  /** The keys whose text is in the other language. */
  untranslated?: string[];
}

export interface Custom {
  type: string;
  language?: string;
  kind?: string;
  query?: Record<string, unknown>;
  total?: number;
  offset?: number;
  items?: Item[];
  item?: Detail;
  attribute?: string;
  by?: string;
  buckets?: { code: string; count: number }[];
  /** The buckets' names in the message's language, by code. */
  labels?: Record<string, string>;
  sources?: { name: string; as_of: string }[];
  ticket?: string;
  /** The alert whose news a list is. */
  alert?: string;
  pending?: boolean;
}

export interface Message {
  author?: "bot" | "user";
  seq?: number;
  text?: string;
  buttons?: Button[];
  image?: string;
  custom?: Custom;
}

/** What stands in the conversation. `epoch` counts the tokens that this browser has had. */
export interface Entry {
  by: "user" | "bot";
  epoch: number;
  /** The server's number; a user's message whose number is not known yet has a half. */
  seq: number;
  /** The client's own id of a user's message. */
  id?: string;
  message: Message;
}

/** A user's message that the server has not answered yet. */
export interface Waiting {
  id: string;
  text: string;
  payload?: string;
  /** What a pressed card is called; its button is only a number. */
  name?: string;
  epoch: number;
  /** When it was said: milliseconds since 1970. */
  at: number;
  /** The last number known when it was first sent; absent when it never was. */
  tried?: number;
  failed?: "away" | "refused" | "bad";
}
