/* The chat, in a shadow root of the element that has `data-ciep-chat`, or of one added to the page.
   Everything from the server is shown as text, never as HTML. */
(() => {
  "use strict";

  const base = new URL(".", document.currentScript.src);
  const KEY = "ciep-chat";

  const WORDS = {
    en: {
      title: "CIEP Assistant", placeholder: "Ask a question, in English or Chinese",
      label: "Your message", send: "Send", clear: "Start over", other: "中文",
      log: "Conversation", busy: "The assistant is writing", you: "You", bot: "Assistant",
      hello: "Hello! Ask me about jobs, programmes, institutions, cooperation or events.",
      try: ["find jobs in energy", "what's on tomorrow afternoon?", "俄罗斯有哪些项目"],
      away: "The assistant cannot be reached at the moment.", again: "Try again",
      slow: "That was a little too fast. Please wait a moment.",
      long: "Please keep your message under 1,000 characters.",
    },
    zh: {
      title: "大会智能助手", placeholder: "请输入问题，中英文均可",
      label: "您的消息", send: "发送", clear: "重新开始", other: "English",
      log: "对话", busy: "正在回复", you: "您", bot: "助手",
      hello: "您好！职位、项目、机构、合作意向和活动，都可以问我。",
      try: ["有哪些能源行业的职位", "明天下午有什么活动", "show me Russian programmes"],
      away: "暂时无法连接助手。", again: "重试",
      slow: "发送得有点快，请稍等片刻。",
      long: "消息请不要超过 1000 个字符。",
    },
  };

  const CSS = `
    :host { all: initial; display: flex; flex: 1; }
    .chat { all: initial; flex: 1; display: flex; flex-direction: column; min-height: 24rem;
      max-height: 100%; border: 1px solid #c8d2dd; border-radius: 12px; overflow: hidden;
      font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
      color: #1b2430; background: #fff; }
    .bar { display: flex; gap: .5rem; align-items: center; padding: .5rem .75rem;
      background: #0b4f8a; color: #fff; }
    .bar h2 { flex: 1; margin: 0; font-size: 1rem; }
    .bar button { color: #fff; background: transparent; border-color: #9cc3e6; }
    .log { flex: 1 1 20rem; overflow-y: auto; padding: .75rem; display: flex;
      flex-direction: column; gap: .5rem; min-height: 14rem; max-height: 65vh; }
    .msg { max-width: 88%; padding: .5rem .75rem; border-radius: 12px; white-space: pre-wrap;
      overflow-wrap: anywhere; margin: 0; }
    .bot { align-self: flex-start; background: #eef2f6; }
    .user { align-self: flex-end; background: #d7e9fa; }
    .note { align-self: center; color: #7a2e0e; }
    .msg img { display: block; max-width: 100%; margin-top: .5rem; border-radius: 8px; }
    .buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-self: flex-start; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .busy { color: #4a5868; padding: 0 .75rem .25rem; min-height: 1.75rem; }
    form { display: flex; gap: .5rem; padding: .75rem; border-top: 1px solid #c8d2dd; }
    textarea { flex: 1; resize: none; font: inherit; padding: .5rem; border: 1px solid #6b7a8a;
      border-radius: 8px; min-height: 2.75rem; max-height: 8rem; box-sizing: border-box; }
    button { font: inherit; padding: .375rem .75rem; border: 1px solid #0b4f8a; border-radius: 8px;
      color: #0b4f8a; background: #fff; cursor: pointer; min-height: 2.75rem; text-align: left; }
    form button { background: #0b4f8a; color: #fff; }
    button:disabled { opacity: .55; cursor: default; }
    :focus-visible { outline: 3px solid #d97706; outline-offset: 1px; }
  `;

  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
  };
  const keep = (change) => {
    try { localStorage.setItem(KEY, JSON.stringify({ ...kept(), ...change })); } catch { /* private */ }
  };

  const inChinese = () => (navigator.language || "").toLowerCase().startsWith("zh");
  let language = kept().language || (inChinese() ? "zh" : "en");
  let token = kept().token || null;
  let waiting = 0;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const say = (key) => WORDS[language][key];

  /* ---- the server ---- */

  class Refused extends Error {
    constructor(status) { super(String(status)); this.status = status; }
  }

  // text/plain keeps the call a CORS simple request: no preflight
  const post = async (path, body) => {
    const answer = await fetch(new URL(path, base), {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "text/plain" },
      credentials: "omit", referrerPolicy: "no-referrer",
    });
    if (!answer.ok) throw new Refused(answer.status);
    return answer;
  };

  const open = async () => {
    token = (await (await post("session", { language })).json()).token;
    keep({ token });
  };

  /** Call with the token; a token that has run out is replaced once. */
  const call = async (path, body) => {
    if (!token) await open();
    try {
      return await post(path, { token, ...body });
    } catch (error) {
      if (error.status !== 401) throw error;
      await open();
      return post(path, { token, ...body });
    }
  };

  async function* lines(answer) {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      const parts = (rest + (value || "")).split("\n");
      rest = parts.pop();
      for (const part of parts) if (part) yield JSON.parse(part);
      if (done) return;
    }
  }

  /* ---- the screen ---- */

  const host = document.querySelector("[data-ciep-chat]")
    || document.body.appendChild(make("div"));
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  shadow.adoptedStyleSheets = [sheet];

  const title = make("h2");
  const toggle = make("button", { type: "button" });
  const clear = make("button", { type: "button" });
  const log = make("div", { className: "log", tabIndex: 0 });
  log.setAttribute("role", "log");
  const busy = make("div", { className: "busy" });
  busy.setAttribute("role", "status");
  const label = make("label", { className: "hidden", htmlFor: "text" });
  const input = make("textarea", { id: "text", rows: 1, autocomplete: "off" });
  const send = make("button", { type: "submit" });
  const form = make("form", {}, label, input, send);
  const chat = make("section", { className: "chat" },
    make("div", { className: "bar" }, title, toggle, clear), log, busy, form);
  shadow.append(chat);

  const label_all = () => {
    chat.lang = language === "zh" ? "zh-Hans" : "en";
    title.textContent = say("title");
    chat.setAttribute("aria-label", say("title"));
    toggle.textContent = say("other");
    toggle.lang = language === "zh" ? "en" : "zh-Hans";
    clear.textContent = say("clear");
    log.setAttribute("aria-label", say("log"));
    label.textContent = say("label");
    input.placeholder = say("placeholder");
    send.textContent = say("send");
    busy.textContent = waiting ? `${say("busy")}…` : "";
  };

  const show = (element) => {
    log.append(element);
    log.scrollTop = log.scrollHeight;
  };

  const bubble = (who, text, tongue) => {
    const speaker = make("span", { className: "hidden" }, `${say(who === "user" ? "you" : "bot")}: `);
    speaker.lang = chat.lang;
    const element = make("p", { className: `msg ${who}` }, speaker, text);
    if (tongue) element.lang = tongue;
    return element;
  };

  const choices = (buttons, tongue) => {
    const row = make("div", { className: "buttons" });
    if (tongue) row.lang = tongue;
    for (const { title: name, payload, text } of buttons) {
      const button = make("button", { type: "button" }, name);
      button.addEventListener("click", () => ask(text ? { text } : { payload }, name));
      row.append(button);
    }
    return row;
  };

  const safe = (address) => {
    try { return ["https:", "http:"].includes(new URL(address, base).protocol); } catch { return false; }
  };

  const receive = (message) => {
    if (message.author === "user") { show(bubble("user", message.text)); return; }
    const tongue = message.custom && message.custom.language;
    const element = bubble("bot", message.text || "", tongue);
    if (message.image && safe(message.image)) {
      element.append(make("img", { src: message.image, alt: "" }));
    }
    if (message.text || message.image) show(element);
    if (message.buttons && message.buttons.length) show(choices(message.buttons, tongue));
  };

  const welcome = () => {
    show(bubble("bot", say("hello"), chat.lang));
    show(choices(say("try").map((text) => ({ title: text, text }))));
  };

  const trouble = (error, again) => {
    const key = { 429: "slow", 400: "long" }[error.status] || "away";
    const note = make("p", { className: "msg note" }, say(key));
    note.lang = chat.lang;
    show(note);
    if (key === "long") return;
    const retry = make("button", { type: "button" }, say("again"));
    retry.addEventListener("click", () => { note.remove(); retry.remove(); again(); });
    show(retry);
  };

  /* ---- a turn ---- */

  const identifier = () => {
    const random = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(random, (each) => each.toString(16).padStart(2, "0")).join("");
  };

  const ask = (said, shown) => {
    show(bubble("user", shown));
    deliver({ ...said, id: identifier() });
  };

  const deliver = async (message) => {
    waiting += 1;
    label_all();
    try {
      const answer = await call("messages", { ...message, stream: true });
      for await (const line of lines(answer)) {
        if (line.type === "error") throw new Refused(503);
        if (line.type !== "ack") receive(line);
      }
    } catch (error) {
      trouble(error, () => deliver(message)); // the same id: it is answered once
    } finally {
      waiting -= 1;
      label_all();
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    if ([...text].length > 1000) { trouble(new Refused(400)); return; }
    input.value = "";
    ask({ text }, text);
  });
  input.addEventListener("keydown", (event) => {
    // Enter also ends a word in a Chinese input method: that one must not send
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  toggle.addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    keep({ language });
    label_all();
  });
  const restart = async () => {
    try {
      await call("clear", {});
      log.replaceChildren();
        welcome();
      input.focus();
    } catch (error) {
      trouble(error, restart);
    }
  };
  clear.addEventListener("click", restart);

  const begin = async () => {
    let messages = [];
    if (token) {
      try {
        messages = (await (await call("history", {})).json()).messages;
      } catch (error) {
        trouble(error, begin);
        return;
      }
    }
    if (messages.length) messages.forEach(receive); else welcome();
  };

  label_all();
  begin();
})();
