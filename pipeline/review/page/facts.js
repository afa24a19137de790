// A document's data as items of one list: findings first, then facts in reading order, then the numerals that no table took.
"use strict";

yojitsu.kinds = ["target", "actual", "baseline", "cost"];
// What has places on the page: the number itself, and what its words decided. Columns called `role_at` and so on hold them.
yojitsu.placed = ["figure", "role", "year", "unit", "name"];

yojitsu.decode = (data) => {
  const rows = (table) => table.rows.map((row) => Object.fromEntries(table.columns.map((name, at) => [name, row[at]])));
  const findings = rows(data.findings).map((row) => ({ type: "finding", kind: "finding", id: row.finding_id, row }));
  const facts = rows(data.facts).map((row) => ({ type: "fact", kind: row.kind, id: row.fact_id, row, findings: [] }));
  const unclaimed = rows(data.unclaimed).map((row, at) => ({ type: "unclaimed", kind: "unclaimed", id: `u_${at + 1}`, row }));
  const byId = new Map([...findings, ...facts, ...unclaimed].map((item) => [item.id, item]));
  for (const finding of findings) {
    finding.facts = finding.row.fact_ids.map((id) => byId.get(id)).filter(Boolean);
    for (const fact of finding.facts) fact.findings.push(finding);
  }
  for (const fact of facts) {
    fact.words = Object.fromEntries(yojitsu.placed.map((name) => [name, fact.row[`${name}_at`].map((at) => data.marks[at])]));
  }
  return { findings, facts, unclaimed, all: [...findings, ...facts, ...unclaimed], byId };
};

yojitsu.place = (item) => {
  const { page, line } = item.row;
  return page ? `p.${page}` : line ? `${line}行` : "";
};

// A fiscal year with its era; without one the last day's year, with the day, the months or 暦年 of the period.
yojitsu.year = ({ fiscal_year: year, period_start: start, period_end: end }) => {
  if (year) return [String(year), yojitsu.era(year)];
  if (!end) return ["", ""];
  const [last, month, day] = end.split("-").map(Number);
  if (start === end) return [String(last), `${month}/${day}`];
  const [first, from] = (start || "").split("-").map(Number);
  if (first !== last) return [String(last), `～${month}/${day}`];
  return [String(last), from === month ? `${month}月` : from === 1 && month === 12 ? "暦年" : `${from}–${month}月`];
};

// The days that a number covers, where they are not simply its fiscal year.
yojitsu.days = ({ fiscal_year: year, period_start: start, period_end: end }) => {
  if (!end || (start === `${year}-04-01` && end === `${year + 1}-03-31`)) return "";
  return [...new Set([start, end])].filter(Boolean).join("～").replaceAll("-", "/");
};

yojitsu.number = (value) => String(value).replace(/^-?\d+(?=\.|$)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
const BOUNDS = { ">=": ["", "以上"], ">": ["", "超"], "<=": ["", "以下"], "<": ["", "未満"], "~": ["約", ""] };
yojitsu.amount = (row) => {
  const [before, after] = BOUNDS[row.comparator] || ["", ""];
  return [before + yojitsu.number(row.value), (row.unit || "") + after];
};

// Width and blanks are no matter to a person who searches.
const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const SEARCHED = {
  finding: ["message", "rule", "stated", "expected"],
  fact: ["indicator", "component", "section", "area", "raw", "value", "unit", "role_from", "year_from", "rating", "fact_id"],
  unclaimed: ["context", "raw"],
};
const searched = (item) => (item.searched ??= folded(SEARCHED[item.type].map((name) => item.row[name] ?? "").join("\n") + yojitsu.place(item)));

// The items that the filter lets through. `kinds` is a set of kinds, `year` a fiscal year, `about` "", "any", "rule:..." or "reason:...".
yojitsu.filtered = (items, { kinds, year, about, text }) => {
  const wanted = folded(text);
  const [group, code] = about.split(/:(.*)/s);
  const ofYear = (fact) => !year || String(fact.row.fiscal_year) === year;
  const ofRule = (finding) => group === "any" || (group === "rule" && finding.row.rule === code);
  const passes = {
    finding: (item) => (!about || ofRule(item)) && (!year || item.facts.some(ofYear)),
    fact: (item) => ofYear(item) && (!about || item.findings.some(ofRule)),
    unclaimed: (item) => !year && (!about || (group === "reason" && item.row.reason === code)),
  };
  return items.filter((item) => kinds.has(item.kind) && passes[item.type](item) && (!wanted || searched(item).includes(wanted)));
};
