/** Which language a text is in, so that it is read out and set in the right one. */

import type { Language } from "./types";

// Frequent characters that the two scripts write differently, pairwise; all that `texts.ts` has.
const SIMPLIFIED =
  "们个这说来时过还对发会开关没样从问题学业职专农电车东长见风飞机构项资请谢让认试语应该经给结络线网热动务医疗环护国际场师两欢龙湾广实习远么吗无条历荐号码点钱贵运选录万与伙冲别单卢后复宾帮当据数断暂标欧签罗联获记讲话败输邮镑闭间页验";
const TRADITIONAL =
  "們個這說來時過還對發會開關沒樣從問題學業職專農電車東長見風飛機構項資請謝讓認試語應該經給結絡線網熱動務醫療環護國際場師兩歡龍灣廣實習遠麼嗎無條歷薦號碼點錢貴運選錄萬與夥衝別單盧後復賓幫當據數斷暫標歐簽羅聯獲記講話敗輸郵鎊閉間頁驗";

const count = (text: string, chars: string) =>
  [...text].filter((char) => chars.includes(char)).length;

/** Our own simplified words in traditional characters. */
export function traditional(text: string): string {
  return text.replace(/./gu, (char) => TRADITIONAL[SIMPLIFIED.indexOf(char)] ?? char);
}

/** The script of a Chinese text; undefined where both write it so, or there is no Chinese. */
export function scriptOf(text: string): "zh-Hans" | "zh-Hant" | undefined {
  const simplified = count(text, SIMPLIFIED);
  const traditional = count(text, TRADITIONAL);
  if (simplified === traditional) return simplified ? "zh-Hans" : undefined;
  return traditional > simplified ? "zh-Hant" : "zh-Hans";
}

/** The language of what somebody typed, as a tag; undefined when the characters do not tell. */
export function languageOf(text: string, chinese: Language): string | undefined {
  if (/\p{Script=Han}/u.test(text)) return scriptOf(text) ?? (chinese === "en" ? "zh-Hans" : chinese);
  if (/\p{Script=Cyrillic}/u.test(text)) return "ru";
  return /[a-z]/i.test(text) ? "en" : undefined;
}

/** The language of a bot's message: what it says it is, and by its characters which script. */
export function languageOfMessage(
  text: string,
  said: string | undefined,
  fallback: Language,
): Language {
  if (said === "zh") return scriptOf(text) ?? (fallback === "en" ? "zh-Hans" : fallback);
  return said === "en" ? "en" : fallback;
}

/** The nearest language that the widget speaks; undefined for a tag in another one. */
export function toLanguage(tag: string | null | undefined): Language | undefined {
  const parts = (tag ?? "").toLowerCase().split(/[-_]/);
  if (parts[0] === "en") return "en";
  if (parts[0] !== "zh") return undefined;
  const traditional = parts.some((part) => ["hant", "tw", "hk", "mo"].includes(part));
  return traditional && !parts.includes("hans") ? "zh-Hant" : "zh-Hans";
}
