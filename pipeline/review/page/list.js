// The list: only the rows in sight exist, so that ten thousand cost no more than fifty. Rows have one height each kind.
"use strict";

{
  const { make, word } = yojitsu;
  const HEIGHTS = { finding: 62, fact: 46, unclaimed: 32 };
  // Rows kept above and below those in sight, in pixels.
  const SPARE = 400;

  const badge = (group, code, kind) => make("span", { class: `badge ${kind}` }, word(group, code));

  const contents = {
    finding: (item) => [
      badge("severity", item.row.severity, item.row.severity),
      make("span", { class: "what" }, make("span", { class: "message-text" }, item.row.message)),
      make("span", { class: "where" }, yojitsu.place(item)),
    ],
    fact: (item) => {
      const { row } = item;
      const [year, era] = yojitsu.year(row);
      const [number, unit] = yojitsu.amount(row);
      const under = [row.component, row.area, row.section].filter(Boolean).join("・");
      const gravest = item.findings[0]?.row.severity;
      return [
        make("span", { class: "where" }, yojitsu.place(item)),
        badge("kind", row.kind, row.kind),
        make("span", { class: "what" }, make("span", { class: "name" }, row.indicator), make("span", { class: "under" }, under)),
        make("span", { class: "year" }, year, make("span", { class: "under" }, era)),
        make("span", { class: "amount" }, gravest ? make("span", { class: `flag ${gravest}`, title: "指摘あり" }, "!", make("span", { class: "unseen" }, "指摘あり")) : null,
          make("span", { class: "number" }, number), make("span", { class: "unit" }, unit)),
      ];
    },
    unclaimed: (item) => {
      const { context, raw, reason } = item.row;
      const at = context.indexOf(raw);
      const text = at < 0 ? [make("b", {}, raw), ` ${context}`] : [context.slice(0, at), make("b", {}, raw), context.slice(at + raw.length)];
      return [
        make("span", { class: "where" }, yojitsu.place(item)),
        make("span", { class: "what context" }, ...text),
        make("span", { class: reason === "unknown" ? "reason unknown" : "reason" }, word("reason", reason)),
      ];
    },
  };

  yojitsu.list = (pick) => {
    let items = [], tops = [0], at = -1;
    const rows = new Map();
    const inner = make("div", { class: "rows", role: "presentation" });
    const element = make("div", { class: "list", role: "listbox", tabindex: "0", id: "list", "aria-label": "指摘と数値" }, inner);

    const option = (index) => {
      const item = items[index];
      return make("div", {
        class: `row ${item.type}${index === at ? " selected" : ""}`, role: "option", id: `row-${item.id}`, "aria-selected": String(index === at),
        "aria-posinset": index + 1, "aria-setsize": items.length, "--top": `${tops[index]}px`, "--height": `${HEIGHTS[item.type]}px`,
        onclick: () => pick(item),
      }, ...contents[item.type](item));
    };

    // The first row that ends below `y`.
    const find = (y) => {
      let low = 0, high = items.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (tops[middle + 1] <= y) low = middle + 1; else high = middle;
      }
      return low;
    };

    const draw = () => {
      const first = find(element.scrollTop - SPARE);
      const last = find(element.scrollTop + element.clientHeight + SPARE);
      for (const [index, row] of rows) if (index < first || index > last) { row.remove(); rows.delete(index); }
      let before = null;
      for (let index = Math.min(last, items.length - 1); index >= first; index--) {
        if (!rows.has(index)) rows.set(index, option(index));
        const row = rows.get(index);
        // In the order of the list for who hears it rather than sees it.
        if (row.nextSibling !== before || !row.parentNode) inner.insertBefore(row, before);
        before = row;
      }
    };

    const redraw = () => { inner.replaceChildren(); rows.clear(); draw(); };

    const select = (item) => {
      const index = item ? items.indexOf(item) : -1;
      for (const other of [at, index]) { rows.get(other)?.remove(); rows.delete(other); }
      at = index;
      if (index >= 0) {
        const room = element.clientHeight;
        if (tops[index] < element.scrollTop + 4 || tops[index + 1] > element.scrollTop + room - 4) element.scrollTop = Math.max(0, tops[index] - room * 0.35);
      }
      draw();
      if (index >= 0) element.setAttribute("aria-activedescendant", `row-${item.id}`); else element.removeAttribute("aria-activedescendant");
      return index >= 0;
    };

    const fill = (filtered, selected) => {
      items = filtered;
      tops = [0];
      for (const item of items) tops.push(tops[tops.length - 1] + HEIGHTS[item.type]);
      inner.style.height = `${tops[items.length]}px`;
      at = selected ? items.indexOf(selected) : -1;
      element.scrollTop = at < 0 ? 0 : Math.max(0, tops[at] - element.clientHeight * 0.35);
      redraw();
    };

    const step = (by) => {
      const from = at < 0 && by < 0 ? items.length : at;
      if (items.length) pick(items[Math.max(0, Math.min(items.length - 1, from + by))]);
    };

    element.addEventListener("scroll", draw, { passive: true });
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    return { element, fill, select, step, close: () => resized.disconnect(), get items() { return items; } };
  };
}
