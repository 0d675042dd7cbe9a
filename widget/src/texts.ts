/** Everything the widget itself says, in each of its languages. */

import { traditional } from "./language";
import type { Language } from "./types";

const en = {
  title: "CIEP Assistant",
  open: "Open the chat",
  unread: (count: number) => `Open the chat, ${count} new ${count === 1 ? "message" : "messages"}`,
  close: "Close the chat",
  log: "Conversation",
  other: "中文",
  switchTo: "换成中文",
  menu: "Clear this chat",
  clearAsk: "Clear this chat? What was said here is deleted.",
  clearYes: "Clear",
  clearNo: "Keep it",
  cleared: "The chat has been cleared.",
  label: "Your message",
  placeholder: "Ask in English or Chinese",
  send: "Send",
  left: (count: number) => (count < 0 ? `${-count} characters too many` : `${count} characters left`),
  typing: "The assistant is writing",
  you: "You:",
  bot: "Assistant:",
  welcome:
    "Hello! I can find jobs, programmes, institutions, partners and events at the conference. What are you looking for?",
  starters: ["Jobs in new energy", "Medical programmes", "What's on tomorrow?", "What is this conference?"],
  offline: "You're offline. Your message will be sent as soon as you're back.",
  away: "The assistant can't be reached just now. Trying again…",
  slow: "That was a little fast. Your message goes out in a moment.",
  failed: { away: "Not answered.", refused: "This site may not use the assistant.", bad: "Could not be sent." },
  again: "Try again",
  pending: "Waiting to be sent",
  why: "Why this match",
  list: (count: number) => (count === 1 ? "1 result" : `${count} results`),
  your: (count: number) => (count === 1 ? "Your list: 1 item" : `Your list: ${count} items`),
  pages: "Pages",
  kept: { saved: "Saved", agenda: "On your agenda" },
  clash: "Overlaps with another event",
  calendar: "Add to calendar",
  website: "Website",
  email: "Email",
  source: "Source",
  sources: "Sources",
  ticket: "Reference",
  original: "Chinese original",
  sample: "Sample data",
  newWindow: "(opens in a new tab)",
  zone: (text: string, zone: string) => `${text} (${zone})`,
  ownTime: "Your time",
  kinds: {
    jobs: "Job",
    programs: "Programme",
    institutions: "Institution",
    intentions: "Cooperation intention",
    events: "Event",
  } as Record<string, string>,
  fields: {
    salary: "Salary",
    degree: "Education",
    experience: "Experience",
    skills: "Skills",
    openings: "Openings",
    posted: "Posted",
    until: "Open until",
    time: "Time",
    room: "Room",
    speakers: "Speakers",
    languages: "Languages",
    alternate: "Also known as",
  },
  anyDegree: "No degree required",
  years: (count: number) =>
    count === 0 ? "None required" : count === 1 ? "1 year or more" : `${count} years or more`,
  remote: "Remote",
  online: "Online",
  tenThousand: "",
  currencies: {} as Record<string, string>,
  atLeast: (money: string) => `from ${money}`,
  atMost: (money: string) => `up to ${money}`,
  per: (money: string, unit: string) =>
    money + ({ HOUR: " an hour", DAY: " a day", MONTH: " a month", YEAR: " a year" }[unit] ?? ""),
  role: (name: string, role: string) => `${name}, ${role}`,
  comma: ", ",
};

export type Texts = typeof en;

const hans: Texts = {
  title: "大会智能助手",
  open: "打开聊天",
  unread: (count) => `打开聊天，${count}条新消息`,
  close: "关闭聊天",
  log: "对话",
  other: "English",
  switchTo: "Switch to English",
  menu: "清空聊天记录",
  clearAsk: "要清空聊天记录吗？清空后无法恢复。",
  clearYes: "清空",
  clearNo: "保留",
  cleared: "聊天记录已清空。",
  label: "您的消息",
  placeholder: "中英文提问均可",
  send: "发送",
  left: (count) => (count < 0 ? `超出${-count}个字` : `还可以输入${count}个字`),
  typing: "助手正在输入",
  you: "您：",
  bot: "助手：",
  welcome: "您好！大会的职位、项目、机构、合作伙伴和活动，我都可以帮您找。您想找什么？",
  starters: ["新能源方面的职位", "医疗方面的项目", "明天有什么活动？", "这是个什么大会？"],
  offline: "网络已断开，恢复后会自动发送您的消息。",
  away: "暂时联系不上助手，正在重试……",
  slow: "发得有点快，稍后会自动发出。",
  failed: { away: "没有得到回复。", refused: "本网站未获准使用助手。", bad: "发送失败。" },
  again: "重试",
  pending: "等待发送",
  why: "推荐理由",
  list: (count) => `${count}条结果`,
  your: (count) => `您的列表：${count}条`,
  pages: "翻页",
  kept: { saved: "已收藏", agenda: "已加入日程" },
  clash: "与其他活动时间冲突",
  calendar: "添加到日历",
  website: "网站",
  email: "邮箱",
  source: "来源",
  sources: "来源",
  ticket: "工单号",
  original: "英文原文",
  sample: "示例数据",
  newWindow: "（在新标签页打开）",
  zone: (text, zone) => `${text}（${zone}）`,
  ownTime: "您当地的时间",
  kinds: { jobs: "职位", programs: "合作项目", institutions: "机构", intentions: "合作意向", events: "活动" },
  fields: {
    salary: "薪资",
    degree: "学历",
    experience: "工作经验",
    skills: "技能",
    openings: "招聘人数",
    posted: "发布日期",
    until: "有效期至",
    time: "时间",
    room: "地点",
    speakers: "演讲嘉宾",
    languages: "语言",
    alternate: "别名",
  },
  anyDegree: "不限",
  years: (count) => (count === 0 ? "不限" : `${count}年以上`),
  remote: "可远程",
  online: "线上",
  tenThousand: "万",
  currencies: { CNY: "元", USD: "美元", EUR: "欧元", GBP: "英镑", HKD: "港元", JPY: "日元", RUB: "卢布" },
  atLeast: (money) => `${money}起`,
  atMost: (money) => `最高${money}`,
  per: (money, unit) =>
    ({ HOUR: "时薪", DAY: "日薪", MONTH: "月薪", YEAR: "年薪" }[unit] ?? "") + money,
  role: (name, role) => `${name}（${role}）`,
  comma: "、",
};

/** The same in traditional characters, with the words that are not only written differently. */
function inTraditional<T>(texts: T): T {
  if (typeof texts === "string") {
    const words = texts.replace(/消息/g, "訊息").replace(/发送/g, "傳送").replace(/网络/g, "網路");
    return traditional(words) as T;
  }
  if (typeof texts === "function") {
    return ((...values: unknown[]) => inTraditional(texts(...values))) as T;
  }
  if (Array.isArray(texts)) return texts.map(inTraditional) as T;
  return Object.fromEntries(
    Object.entries(texts as object).map(([key, value]) => [key, inTraditional(value)]),
  ) as T;
}

export const TEXTS: Record<Language, Texts> = {
  en,
  "zh-Hans": hans,
  "zh-Hant": inTraditional(hans),
};
