// One document: its pages or lines on one side, filter, list and detail on the other, and one chosen row that all of them show.
"use strict";

{
  const { make, word, count } = yojitsu;
  const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4];

  const options = (entries) => entries.map(([value, text]) => make("option", { value }, text));
  const tally = (items, key) => {
    const counts = new Map();
    for (const item of items) counts.set(key(item), (counts.get(key(item)) || 0) + 1);
    return counts;
  };

  const about = (model) => {
    const rules = [...tally(model.findings, (item) => item.row.rule)].map(([rule, n]) => [`rule:${rule}`, `${rule} (${n})`]);
    const reasons = [...tally(model.unclaimed, (item) => item.row.reason)].sort((a, b) => (b[0] === "unknown") - (a[0] === "unknown") || b[1] - a[1])
      .map(([reason, n]) => [`reason:${reason}`, `${word("reason", reason)} (${n})`]);
    const select = make("select", { "aria-label": "指摘・理由でしぼり込む" }, ...options([["", "指摘・理由"]]));
    if (rules.length) select.append(make("optgroup", { label: "指摘" }, ...options([["any", `指摘のある数値 (${model.facts.filter((fact) => fact.findings.length).length})`], ...rules])));
    if (reasons.length) select.append(make("optgroup", { label: "未採用の理由" }, ...options(reasons)));
    return select;
  };
  const years = (model) => make("select", { "aria-label": "年度でしぼり込む" },
    ...options([["", "全年度"], ...[...tally(model.facts, (item) => item.row.fiscal_year)].filter(([year]) => year).sort((a, b) => b[0] - a[0]).map(([year, n]) => [year, `${year} ${yojitsu.era(year)} (${n})`])]));

  yojitsu.read = (row, data, view) => {
    const model = yojitsu.decode(data);
    const kinds = new Set(["finding", ...yojitsu.kinds]);
    let chosen = null, zoom = matchMedia("(max-width: 899px)").matches && data.paged ? 4 : 2;

    const chips = new Map(["finding", ...yojitsu.kinds, "unclaimed"].map((kind) => {
      const number = model.all.filter((item) => item.kind === kind).length;
      const name = { finding: "指摘", unclaimed: "未採用" }[kind] || word("kind", kind);
      return [kind, make("button", { type: "button", class: `chip toggle ${kind}${number ? "" : " empty"}`, "aria-pressed": String(kinds.has(kind)), onclick: () => { set(kind, !kinds.has(kind)); refilter(); } },
        make("span", { class: "swatch", "aria-hidden": "true" }), name, make("span", { class: "n" }, count(number)))];
    }));
    const set = (kind, on) => {
      if (on) kinds.add(kind); else kinds.delete(kind);
      chips.get(kind).setAttribute("aria-pressed", String(on));
    };
    const year = years(model), which = about(model);
    const text = make("input", { type: "search", placeholder: "名称・数字をさがす  /", "aria-label": "名称・数字をさがす" });
    const found = make("span", { class: "found" });
    const copy = make("button", { type: "button", class: "small", onclick: async () => {
      const facts = list.items.filter((item) => item.type === "fact");
      const copied = await yojitsu.copy(yojitsu.csv(row, data.facts.columns, facts));
      if (copied) { copy.textContent = `${count(facts.length)} 件コピーしました`; yojitsu.say(copy.textContent); setTimeout(() => { copy.textContent = "CSVをコピー"; }, 2000); }
    } }, "CSVをコピー");

    const refilter = () => {
      if (which.value.startsWith("reason:")) set("unclaimed", true);
      const items = yojitsu.filtered(model.all, { kinds, year: year.value, about: which.value, text: text.value });
      list.fill(items, chosen);
      sheets.show(items);
      const facts = items.filter((item) => item.type === "fact").length;
      found.textContent = `数値 ${count(facts)} 件${facts < model.facts.length ? ` / ${count(model.facts.length)}` : ""}`;
      copy.disabled = !facts;
      yojitsu.say(found.textContent);
    };
    const clear = () => {
      year.value = which.value = text.value = "";
      for (const kind of ["finding", ...yojitsu.kinds]) set(kind, true);
    };
    const pick = (item) => {
      if (!item) return;
      chosen = item;
      if (!kinds.has(item.kind)) set(item.kind, true);
      if (!list.items.includes(item)) { refilter(); if (!list.items.includes(item)) { clear(); refilter(); } }
      // First, since it takes room from the list.
      detail.show(item);
      list.select(item);
      sheets.select(item);
      history.replaceState(null, "", `#${row.document_id}/${item.id}`);
    };
    const unpick = () => {
      chosen = null;
      list.select(null);
      sheets.select(null);
      detail.show(null);
      history.replaceState(null, "", `#${row.document_id}`);
    };
    const rezoom = (by) => {
      zoom = Math.max(0, Math.min(ZOOMS.length - 1, zoom + by));
      sheets.zoom(ZOOMS[zoom]);
    };

    const list = yojitsu.list(pick);
    const sheets = (data.paged ? yojitsu.sheets : yojitsu.lines)(data, model, pick);
    const detail = yojitsu.detail(pick, (mark) => sheets.reveal(mark), unpick);

    for (const control of [year, which]) control.addEventListener("change", refilter);
    text.addEventListener("input", refilter);
    const keys = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const typing = event.target.closest("input, select, textarea");
      const inList = event.target === list.element;
      const steps = { j: 1, k: -1, ...(inList || event.target === document.body ? { ArrowDown: 1, ArrowUp: -1 } : {}), ...(inList ? { PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity } : {}) };
      if (event.key === "Escape") { if (typing && text.value) { text.value = ""; refilter(); } else unpick(); typing?.blur(); }
      else if (typing) return;
      else if (event.key in steps) { event.preventDefault(); list.step(steps[event.key]); }
      else if (event.key === "/") { event.preventDefault(); text.focus(); }
      else if (event.key === "+" || event.key === "-") rezoom(event.key === "+" ? 1 : -1);
    };
    document.addEventListener("keydown", keys);

    const icon = (label, sign, act) => make("button", { class: "icon", type: "button", "aria-label": label, title: label, onclick: act }, sign);
    const facts = [row.publisher, row.fiscal_year && `${row.fiscal_year}年度`, data.paged ? `${count(row.pages)}ページ` : `${count(data.lines.length)}行`].filter(Boolean).join("・");
    view.replaceChildren(make("div", { class: "reader" },
      make("header", {}, make("a", { href: "#", class: "back" }, "← 文書一覧"), make("h1", { title: row.source_path }, row.title || row.source_name), make("span", { class: "under facts-of" }, facts),
        make("span", { class: `status ${row.status}` }, word("status", row.status)),
        make("span", { class: "tools" }, icon("縮小 (-)", "−", () => rezoom(-1)), icon("拡大 (+)", "＋", () => rezoom(1)))),
      make("main", {},
        make("div", { class: "left" }, row.reason || data.notice ? make("p", { class: "notice" }, [row.reason, data.notice].filter(Boolean).join(" ")) : null, sheets.element),
        make("div", { class: "right" },
          make("div", { class: "filter", role: "search" }, make("div", { class: "chips", role: "group", "aria-label": "表示する種別" }, ...chips.values()),
            make("div", { class: "fields" }, year, which, text), make("div", { class: "foot" }, found, make("span", { class: "keys" }, make("kbd", {}, "j"), make("kbd", {}, "k"), " 次・前"), copy)),
          list.element, detail.element))));
    sheets.zoom(ZOOMS[zoom]);
    refilter();

    return {
      id: row.document_id,
      go: (id) => { const item = id && model.byId.get(id); if (item && item !== chosen) pick(item); },
      close: () => { document.removeEventListener("keydown", keys); list.close(); sheets.close(); },
    };
  };
}
