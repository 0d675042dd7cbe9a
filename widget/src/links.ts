/** Addresses that may become links. */

const SCHEMES = ["https:", "http:", "mailto:", "tel:"];

/** The address in full when it is absolute and its scheme is harmless, else undefined. */
export function safeLink(address: string | null | undefined): string | undefined {
  const url = parse(address);
  return url && SCHEMES.includes(url.protocol) && !url.username ? url.href : undefined;
}

/** The same for a picture: over the network only. */
export function safeImage(address: string | null | undefined): string | undefined {
  const url = parse(address);
  return url && ["https:", "http:"].includes(url.protocol) ? url.href : undefined;
}

function parse(address: string | null | undefined): URL | undefined {
  if (!address) return undefined; // most messages have none, and to throw takes time
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
