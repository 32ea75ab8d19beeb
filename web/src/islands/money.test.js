import assert from "node:assert/strict";
import { test } from "node:test";
import { capital, fen, forms } from "./money.js";

test("a sum is read in the unit of its field or in the one typed", () => {
  assert.equal(fen("8,000", "万元"), 8000000000n);
  assert.equal(fen("4.97 亿元", "万元"), 49700000000n);
  assert.equal(fen("3.5万", "元"), 3500000n);
  assert.equal(fen("0.001", "元"), null);
  assert.equal(fen("约五百", "元"), null);
  assert.equal(fen("", "元"), null);
});

test("capital numerals are written as on a cheque", () => {
  assert.equal(capital(8000000000n), "捌仟万元整");
  assert.equal(capital(0n), "零元整");
  assert.equal(capital(10500n), "壹佰零伍元整");
  assert.equal(capital(1000001000n), "壹仟万零壹拾元整");
  assert.equal(capital(10001234n), "壹拾万零壹拾贰元叁角肆分");
  assert.equal(capital(123405n), "壹仟贰佰叁拾肆元零伍分");
  assert.equal(capital(497200000000n), "肆拾玖亿柒仟贰佰万元整");
});

test("the other forms of a sum are exact", () => {
  assert.deepEqual(forms(8000000000n), ["80,000,000 元", "8,000 万元"]);
  assert.deepEqual(forms(497200000000n), ["4,972,000,000 元", "49.72 亿元"]);
  assert.deepEqual(forms(12345n), ["123.45 元"]);
});
