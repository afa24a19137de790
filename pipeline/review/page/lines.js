// The lines of a text file, numbered as the tables number them, with the same marks as on pages.
"use strict";

{
  const { make, word } = yojitsu;
  // Lines laid out together, and only when they come near.
  const TOGETHER = 40;

  yojitsu.lines = (data, model, pick) => {
    const spans = data.lines.map(() => []);
    const span = (item, [line, start, end]) => spans[line - 1]?.push({ start, end, item });
    for (const fact of model.facts) for (const mark of fact.words.figure) span(fact, mark);
    for (const one of model.unclaimed) if (one.row.start !== null) span(one, [one.row.line, one.row.start, one.row.end]);
    let visible = new Set(model.all), chosen = null, marks = [];

    const element = make("section", { class: "lines", tabindex: "0", "aria-label": "本文" });
    const rows = data.lines.map((_, at) => make("div", { class: "line", "data-line": at + 1 }));
    for (let at = 0; at < rows.length; at += TOGETHER) element.append(make("div", { class: "stretch" }, ...rows.slice(at, at + TOGETHER)));

    // The line cut wherever a span or mark begins or ends; each piece knows all that lies on it.
    const fill = (at) => {
      const text = data.lines[at];
      const said = marks.filter(({ mark }) => mark[0] === at + 1).map(({ mark, names, label }) => ({ start: mark[1], end: mark[2], names, label }));
      const all = [...spans[at], ...said];
      // Python counts characters, a browser halves of some: the line is cut by characters.
      const characters = all.length ? [...text] : null;
      if (!characters) { rows[at].replaceChildren(text); return; }
      const cuts = [...new Set([0, characters.length, ...all.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
      rows[at].replaceChildren(...cuts.slice(0, -1).map((start, index) => {
        const piece = characters.slice(start, cuts[index + 1]).join("");
        const on = all.filter((one) => one.start <= start && one.end >= cuts[index + 1]);
        return on.length ? stretch(piece, on, start) : piece;
      }));
    };
    const stretch = (piece, on, start) => {
      const items = on.filter(({ item }) => item).map(({ item }) => item).sort((a, b) => (a.type === "fact" ? 0 : 1) - (b.type === "fact" ? 0 : 1));
      const said = on.filter(({ names }) => names);
      const classes = [];
      if (items.length) {
        classes.push("box", items[0].kind, items[0].row.reason === "unknown" ? "unknown" : "", visible.has(items[0]) ? "" : "off");
        if (chosen && items.some((item) => item === chosen || chosen.facts?.includes(item))) classes.push("selected");
      }
      if (said.length) classes.push("mark");
      const first = said.filter((one) => one.start === start).map((one) => one.label).join("・");
      const title = items[0]?.type === "unclaimed" ? word("reason", items[0].row.reason) : null;
      return make("span", { class: classes.filter(Boolean).join(" "), "data-ids": items.map((item) => item.id).join(" ") || null, "data-tag": first || null, title }, piece);
    };

    // Ranges and numbers of two years are several facts in one place: clicking again takes the next.
    element.addEventListener("click", (event) => {
      const ids = event.target.closest("[data-ids]")?.dataset.ids.split(" ");
      if (ids && !getSelection().toString()) pick(model.byId.get(ids[(ids.indexOf(chosen?.id) + 1) % ids.length]));
    });
    const reveal = (line) => rows[line - 1]?.scrollIntoView({ block: "center" });
    const refresh = (some) => [...new Set(some)].forEach((line) => { if (rows[line - 1]) fill(line - 1); });
    const touched = () => [...marks.map(({ mark }) => mark[0]), ...[chosen, ...(chosen?.facts || [])].filter(Boolean).map((item) => item.row.line)];
    data.lines.forEach((_, at) => fill(at));

    return {
      element,
      select: (item) => {
        const before = touched();
        chosen = item;
        marks = item ? yojitsu.deciding(item) : [];
        refresh([...before, ...touched()]);
        const line = item && (item.type === "finding" && item.facts.length ? item.facts[0] : item).row.line;
        if (line) reveal(line);
      },
      show: (shown) => {
        visible = new Set([...shown, ...model.unclaimed]);
        spans.forEach((some, at) => { if (some.length) fill(at); });
      },
      reveal: (mark) => reveal(mark[0]),
      zoom: (factor) => element.style.setProperty("--zoom", factor),
      close: () => {},
    };
  };
}
