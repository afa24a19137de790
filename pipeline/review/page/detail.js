// All that is known of the chosen row, and which words decided it.
"use strict";

{
  const { make, word } = yojitsu;

  const said = (fact, name, words, reveal) => {
    const mark = fact.words[name][0];
    const text = words ? `「${words}」` : "（語がない）";
    const elsewhere = mark && fact.row.page && mark[0] !== fact.row.page ? ` p.${mark[0]}` : "";
    return [make("dt", { class: `said ${name}` }, word("decided", name)),
      make("dd", {}, mark && words ? make("button", { class: "plain", type: "button", onclick: () => reveal(mark) }, text + elsewhere) : make("span", { class: "under" }, text))];
  };

  const finding = (item, pick) => make("button", { class: "plain remark", type: "button", onclick: () => pick(item) },
    make("span", { class: `badge ${item.row.severity}` }, word("severity", item.row.severity)), item.row.message);

  const contents = {
    finding: (item, pick) => {
      const { stated, expected, rule } = item.row;
      const pair = (name, value) => value ? [make("dt", {}, name), make("dd", {}, value)] : [];
      return [make("p", { class: "sentence" }, item.row.message),
        make("dl", {}, ...pair("記載", stated), ...pair("見込まれる値", expected), ...pair("規則", rule)),
        make("div", { class: "facts" }, ...item.facts.map((fact) => make("button", { type: "button", class: "chip", onclick: () => pick(fact) },
          make("span", { class: `badge ${fact.kind}` }, word("kind", fact.kind)), `${yojitsu.place(fact)} ${fact.row.indicator} ${yojitsu.year(fact.row)[0]} ${yojitsu.amount(fact.row).join("")}`)))];
    },
    fact: (item, pick, reveal) => {
      const { row } = item;
      const [number, unit] = yojitsu.amount(row);
      const [year, era] = yojitsu.year(row);
      const about = [row.section, row.component, row.area].filter(Boolean).join("・");
      const more = [row.raw && `原文 ${row.raw}`, yojitsu.days(row), row.cumulative && "累計", row.basis && word("basis", row.basis), row.achievement_rate !== null && row.achievement_rate !== undefined && `達成率 ${row.achievement_rate}%`,
        row.rating && `評価 ${row.rating}`, row.corrected_from && `訂正前 ${row.corrected_from}`].filter(Boolean);
      return [make("p", { class: "sentence" }, make("span", { class: `badge ${row.kind}` }, word("kind", row.kind)), make("b", {}, row.indicator),
        make("span", { class: "amount" }, ` ${year}${era ? ` (${era})` : ""} `, make("b", {}, number), unit)),
      make("p", { class: "under" }, [about, ...more].filter(Boolean).join("　")),
      ...item.findings.map((one) => finding(one, pick)),
      make("dl", {}, ...said(item, "role", row.role_from, reveal), ...said(item, "year", row.year_from, reveal), ...(row.unit_from || !row.unit ? said(item, "unit", row.unit_from, reveal) : []))];
    },
    unclaimed: (item) => [make("p", { class: "sentence" }, make("b", {}, item.row.raw), ` ${word("reason", item.row.reason)}`), make("p", { class: "under" }, item.row.context)],
  };

  yojitsu.detail = (pick, reveal, close) => {
    const inner = make("div", { class: "inner" });
    const element = make("section", { class: "detail", "aria-label": "選んだ行", hidden: true },
      inner, make("button", { class: "icon", type: "button", "aria-label": "選択を解除", title: "選択を解除 (Esc)", onclick: close }, "×"));
    return {
      element,
      show: (item) => {
        element.hidden = !item;
        inner.replaceChildren(...(item ? contents[item.type](item, pick, reveal) : []));
      },
    };
  };
}
