/**
 * Draws a tree of elements into the page and, drawn again, changes only what differs.
 *
 * A tenth of what a framework does, for a twelfth of its size: components are plain functions, the
 * whole is drawn at each change, state lives outside; what a component has kept is passed over.
 * Nodes with a `key` keep their element when they move; an element that stays keeps its focus.
 * Everything is text or an attribute, never HTML.
 */

export interface Ref<T> {
  current: T | null;
}

type Key = string | number;
type Child = Drawn | string | number | boolean | null | undefined | Child[];
export type Children = Child;

/** What an element may be given; what is not listed is an attribute. */
export interface Props {
  key?: Key | undefined;
  ref?: { current: unknown } | undefined;
  style?: { width: string };
  onClick?: (event: MouseEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onInput?: (event: Event) => void;
  onSubmit?: (event: Event) => void;
  onClose?: (event: Event) => void;
  [attribute: string]: unknown;
}

export interface Drawn {
  /** Empty for a text. */
  tag: string;
  key: Key | undefined;
  props: Props;
  children: Drawn[];
  text: string;
  node?: Node;
}

declare global {
  namespace JSX {
    type Element = Drawn | null;
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicAttributes {
      key?: Key | undefined;
    }
    interface IntrinsicElements {
      [tag: string]: Props;
    }
  }
}

type Component = (props: never) => Drawn | null;

/** What JSX becomes. */
export function h(tag: string | Component, props: Props | null, ...children: Child[]): Child {
  const { key, ...rest } = props ?? {};
  if (typeof tag === "string") {
    return { tag, key, props: rest, children: children.map(flat).flat(), text: "" };
  }
  const drawn = tag({ ...rest, children } as never);
  return drawn && key !== undefined ? { ...drawn, key } : drawn;
}

/** Nothing leaves an empty text, so that what stands after it keeps its place. */
function flat(child: Child): Drawn[] {
  if (Array.isArray(child)) return child.map(flat).flat();
  if (typeof child === "object" && child) return [child];
  const text = child === null || typeof child === "boolean" ? "" : String(child ?? "");
  return [{ tag: "", key: undefined, props: {}, children: [], text }];
}

const roots = new WeakMap<Node, Drawn[]>();

/** Draw into `root`, which is ours alone. */
export function render(drawn: Child, root: Node): void {
  const next = flat(drawn);
  patch(root, roots.get(root) ?? [], next);
  roots.set(root, next);
}

function patch(parent: Node, before: Drawn[], after: Drawn[]): void {
  const left = new Set(before);
  const keyed = new Map(before.map((each) => [each.key, each]));
  const unkeyed = before.filter((each) => each.key === undefined).values();
  const kept = after.map((each) => {
    const old = each.key === undefined ? unkeyed.next().value : keyed.get(each.key);
    return old?.tag === each.tag && left.delete(old) ? old : undefined;
  });
  // first away with what goes, so that what stays need not move: a moved element loses the focus
  for (const each of left) each.node && parent.removeChild(each.node);
  let place = parent.firstChild;
  after.forEach((each, index) => {
    const old = kept[index];
    const node = update(each, old);
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  });
}

function update(drawn: Drawn, old: Drawn | undefined): Node {
  const { tag, props, text } = drawn;
  if (old === drawn && drawn.node) return drawn.node; // drawn before, and kept
  if (!tag) {
    const node = old?.node ?? document.createTextNode(text);
    if (node.nodeValue !== text) node.nodeValue = text;
    return (drawn.node = node);
  }
  const svg = tag === "svg" || tag === "path";
  const node = (old?.node ??
    (svg
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag))) as HTMLElement;
  drawn.node = node;
  const had = old?.props ?? {};
  for (const name in { ...had, ...props }) {
    if (had[name] !== props[name]) set(node, name, had[name], props[name]);
  }
  patch(node, old?.children ?? [], drawn.children);
  return node;
}

function set(node: HTMLElement, name: string, old: unknown, value: unknown): void {
  if (name === "ref") {
    (value as Ref<unknown>).current = node;
  } else if (name === "style") {
    Object.assign(node.style, value); // not the attribute, which a strict policy forbids
  } else if (name.startsWith("on")) {
    const event = name.slice(2).toLowerCase();
    if (old) node.removeEventListener(event, old as EventListener);
    if (value) node.addEventListener(event, value as EventListener);
  } else if (value === undefined || value === null || (value === false && !name.includes("-"))) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true && !name.includes("-") ? "" : String(value));
  }
}
