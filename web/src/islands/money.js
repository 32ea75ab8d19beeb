// Money typed is read back in 元 and in capital numerals (财务大写), against slips of ×10,000.
// <input data-echo="ID of the place" data-unit="万元">

import { find } from "./find.js";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];
const FEN = { 元: 100n, 万元: 1000000n, 亿元: 10000000000n };

/** Fen in a text such as "1,234.5" or "3.2 亿元"; null when it is no sum or not whole fen. */
export function fen(text, unit = "元") {
  const found = /^([0-9][0-9,，]*)(?:\.([0-9]+))?\s*(亿元|万元|元|亿|万)?$/.exec(text.trim());
  if (!found) return null;
  const [, whole, part = "", typed] = found;
  const per = FEN[typed ? typed.replace(/元?$/, "元") : unit];
  if (!per) return null;
  const scaled = BigInt(whole.replace(/[,，]/g, "") + part) * per;
  const step = 10n ** BigInt(part.length);
  return scaled % step === 0n ? scaled / step : null;
}

function four(group) {
  let text = "";
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (!digit) {
      gap = gap || text !== "";
    } else {
      text += (gap ? "零" : "") + DIGITS[digit] + PLACES[place];
      gap = false;
    }
  }
  return text;
}

/** 捌仟万元整 for 8000000000n fen. */
export function capital(amount) {
  let yuan = amount / 100n;
  const groups = [];
  for (; yuan > 0n; yuan /= 10000n) groups.push(Number(yuan % 10000n));
  if (groups.length > GROUPS.length) return "";
  let text = "";
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index];
    if (!group) continue;
    const above = groups[index + 1];
    if (text && (group < 1000 || above === 0)) text += "零";
    text += four(group) + GROUPS[index];
  }
  text = `${text || "零"}元`;
  const [jiao, cents] = [Number((amount / 10n) % 10n), Number(amount % 10n)];
  if (!jiao && !cents) return `${text}整`;
  if (jiao) text += `${DIGITS[jiao]}角`;
  else if (amount >= 100n) text += "零";
  return cents ? `${text}${DIGITS[cents]}分` : `${text}整`;
}

/** 80,000,000 元，8,000 万元 */
export function forms(amount) {
  const shown = (per) => {
    const digits = (amount / per).toString().replace(/\B(?=(\d{3})+$)/g, ",");
    const rest = (amount % per).toString().padStart(per.toString().length - 1, "0").replace(/0+$/, "");
    return rest ? `${digits}.${rest}` : digits;
  };
  const said = [`${shown(100n)} 元`];
  if (amount >= FEN.亿元) said.push(`${shown(FEN.亿元)} 亿元`);
  else if (amount >= FEN.万元) said.push(`${shown(FEN.万元)} 万元`);
  return said;
}

export function readBack(input) {
  const place = document.getElementById(input.dataset.echo);
  if (!place) return;
  const amount = fen(input.value, input.dataset.unit);
  place.textContent = "";
  if (amount === null) return;
  const [first, ...others] = forms(amount);
  const strong = document.createElement("b");
  strong.textContent = first;
  place.append("即 ", strong, others.map((text) => `，${text}`).join(""));
  place.append(document.createElement("br"), capital(amount));
}

export function bind(root) {
  for (const input of find(root, "[data-echo]")) {
    input.addEventListener("input", () => readBack(input));
    readBack(input);
  }
}
