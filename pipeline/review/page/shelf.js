// The first page: the gravest findings of all documents, then the documents.
"use strict";

{
  const { make, word, count } = yojitsu;
  const SHOWN = 8;

  const finding = (row) => {
    const source = yojitsu.documents.find((one) => one.document_id === row.document_id);
    return make("li", {}, make("a", { href: `#${row.document_id}/${row.finding_id}` }, make("span", { class: `badge ${row.severity}` }, word("severity", row.severity)),
      make("span", { class: "message-text" }, row.message), make("span", { class: "under" }, `${source?.title || source?.source_name || ""} ${yojitsu.place({ row })}`)));
  };

  const findings = () => {
    if (!yojitsu.graveFindings) return null;
    const list = make("ol", { class: "grave" }, ...yojitsu.findings.slice(0, SHOWN).map(finding));
    const rest = yojitsu.findings.slice(SHOWN);
    const more = rest.length ? make("button", { type: "button", class: "small", onclick: () => { list.append(...rest.map(finding)); more.remove(); } }, `ほか ${count(rest.length)} 件`) : null;
    const beyond = yojitsu.graveFindings > yojitsu.findings.length ? make("p", { class: "under" }, `全 ${count(yojitsu.graveFindings)} 件。残りは各文書にあります。`) : null;
    return make("section", {}, make("h2", {}, "指摘", make("span", { class: "n" }, count(yojitsu.graveFindings))), list, more, beyond);
  };

  const cell = (name, number, kind = "") => make("td", { class: `number ${kind}${number ? "" : " none"}`, "data-name": name }, count(number));

  const line = (row) => {
    const { counts } = row;
    const name = row.title || row.source_name;
    const grave = ["error", "warning", "info"].filter((severity) => counts[severity]).map((severity) => make("span", { class: `badge ${severity}` }, `${word("severity", severity)} ${count(counts[severity])}`));
    return make("tr", {},
      make("th", { scope: "row" }, row.status === "failed" ? make("span", { class: "title" }, name) : make("a", { class: "title", href: `#${row.document_id}` }, name),
        make("span", { class: "under" }, [row.publisher, row.source_path].filter(Boolean).join("・")), row.reason ? make("span", { class: "why" }, row.reason) : null),
      make("td", { class: "number", "data-name": "年度" }, row.fiscal_year ? String(row.fiscal_year) : ""),
      make("td", { "data-name": "状態" }, make("span", { class: `status ${row.status}` }, word("status", row.status))),
      make("td", { class: "marks", "data-name": "指摘" }, ...grave),
      ...yojitsu.kinds.map((kind) => cell(word("kind", kind), counts[kind], kind)),
      make("td", { class: "number", "data-name": "未採用" }, count(counts.unclaimed), counts.unknown ? make("span", { class: "under" }, `不明 ${count(counts.unknown)}`) : null),
      make("td", { class: "number", "data-name": "ページ" }, row.pages ? make("span", {}, count(row.pages_with_facts), make("span", { class: "under-inline" }, ` / ${count(row.pages)}`)) : ""));
  };

  yojitsu.shelf = () => {
    const body = make("tbody", {}, ...yojitsu.documents.map(line));
    const find = make("input", { type: "search", placeholder: "文書をさがす", "aria-label": "文書をさがす", oninput: () => {
      const wanted = find.value.normalize("NFKC").toLowerCase();
      yojitsu.documents.forEach((row, at) => { body.rows[at].hidden = ![row.title, row.publisher, row.source_path].join(" ").normalize("NFKC").toLowerCase().includes(wanted); });
    } });
    const names = ["文書", "年度", "状態", "指摘", ...yojitsu.kinds.map((kind) => word("kind", kind)), "未採用", "数値のあるページ"];
    return make("main", { class: "shelf" },
      make("header", {}, make("h1", {}, "予実 確認ページ"), make("p", { class: "under" }, `文書 ${count(yojitsu.documents.length)} 件・yojitsu ${yojitsu.version}`)),
      findings(),
      make("section", {}, make("div", { class: "head" }, make("h2", {}, "文書", make("span", { class: "n" }, count(yojitsu.documents.length))), yojitsu.documents.length > 8 ? find : null),
        make("table", {}, make("thead", {}, make("tr", {}, ...names.map((name, at) => make("th", { scope: "col", class: at === 1 || at > 3 ? "number" : "" }, name)))), body)));
  };
}
