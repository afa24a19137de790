// The pages of a PDF: pictures that load when they come near, and boxes that exist only while their page is near.
"use strict";

{
  const { make, word } = yojitsu;
  const NEAR = "900px";
  const percent = (part, whole) => `${(100 * part / whole).toFixed(3)}%`;

  const boxed = (box, [width, height], properties, ...children) => {
    const [x0, top, x1, bottom] = box;
    const element = make("div", properties, ...children);
    Object.assign(element.style, { left: percent(x0, width), top: percent(top, height), width: percent(x1 - x0, width), height: percent(bottom - top, height) });
    return element;
  };
  const edges = ({ x0, top, x1, bottom }) => x0 === null ? null : [x0, top, x1, bottom];

  // The words that decided, each place once with all that it decided.
  yojitsu.deciding = (item) => {
    const places = new Map();
    for (const fact of item.type === "fact" ? [item] : []) {
      for (const name of ["role", "year", "unit", "name"]) {
        for (const [at, mark] of fact.words[name].entries()) {
          const key = mark.join();
          if (!places.has(key)) places.set(key, { mark, names: [], said: [] });
          if (!places.get(key).names.includes(name)) places.get(key).names.push(name);
          // Words over two lines are tagged on the first: a second tag would cover it.
          if (at === 0) places.get(key).said.push(name);
        }
      }
    }
    return [...places.values()].map(({ mark, names, said }) => ({ mark, names, label: said.map((name) => word("decided", name)).join("・") }));
  };

  yojitsu.sheets = (data, model, pick) => {
    const items = data.pages.map(() => []);
    for (const item of [...model.unclaimed, ...model.facts]) items[item.row.page - 1]?.push(item);
    let visible = new Set(model.all), chosen = null, marks = [];

    const element = make("section", { class: "sheets", tabindex: "0", "aria-label": "ページ" });
    const sheets = data.pages.map(([width, height, source, unreadable], at) => {
      const overlay = make("div", { class: "overlay", "aria-hidden": "true" });
      const sheet = make("div", { class: "sheet", "--ratio": `${width} / ${height}`, "data-page": at + 1 },
        source ? make("img", { src: source, alt: `${at + 1}ページの画像`, loading: "lazy", decoding: "async", width: Math.round(width), height: Math.round(height) })
          : make("p", { class: "nothing" }, "ページの画像を作れません。"),
        overlay, make("span", { class: "folio" }, `${at + 1} / ${data.pages.length}`), unreadable ? make("p", { class: "why" }, unreadable) : null);
      return { sheet, overlay, size: [width, height], near: false };
    });
    element.append(...sheets.map((one) => one.sheet));

    const box = (item, size) => {
      const at = edges(item.row);
      if (!at) return null;
      const state = `${visible.has(item) ? "" : " off"}${chosen && (item === chosen || chosen.facts?.includes(item)) ? " selected" : ""}`;
      const title = item.type === "fact" ? `${word("kind", item.kind)} ${item.row.indicator}` : word("reason", item.row.reason);
      const made = boxed(at, size, { class: `box ${item.kind}${item.row.reason === "unknown" ? " unknown" : ""}${state}`, title, "data-id": item.id });
      return made;
    };
    const fill = (at) => {
      const { overlay, size } = sheets[at];
      const drawn = items[at].map((item) => box(item, size)).filter(Boolean);
      const said = marks.filter(({ mark }) => mark[0] === at + 1).map(({ mark, names, label }) =>
        boxed(mark.slice(1), size, { class: `mark ${names.join(" ")}` }, label ? make("span", { class: mark[2] < 14 ? "tag inside" : "tag" }, label) : null));
      overlay.replaceChildren(...said, ...drawn);
    };
    const refresh = () => sheets.forEach((one, at) => { if (one.near) fill(at); });

    const watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const at = Number(target.dataset.page) - 1;
        sheets[at].near = isIntersecting;
        if (isIntersecting) fill(at); else sheets[at].overlay.replaceChildren();
      }
    }, { root: element, rootMargin: `${NEAR} 0px` });
    sheets.forEach((one) => watcher.observe(one.sheet));

    // Boxes may lie on one another (a range is two facts in one place): clicking again takes the next.
    element.addEventListener("click", (event) => {
      const here = document.elementsFromPoint(event.clientX, event.clientY).filter((one) => one.classList.contains("box")).map((one) => model.byId.get(one.dataset.id));
      const same = chosen && here.length ? items[here[0].row.page - 1].filter((one) => String(edges(one.row)) === String(edges(here[0].row))) : here;
      const choices = [...new Set([...here, ...same])].sort((a, b) => (a.type === "fact" ? 0 : 1) - (b.type === "fact" ? 0 : 1));
      if (choices.length) pick(choices[(choices.indexOf(chosen) + 1) % choices.length]);
    });

    // Where to scroll so that [from, to] is in sight, or at least [low, high] where there is no room for both. All in pixels.
    const scrolled = (now, room, [from, to], [low, high]) => {
      const [start, end] = to - from < room ? [from, to] : [low, high];
      return start >= now && end <= now + room ? now : Math.max(0, (start + end - room) / 2);
    };
    // Brings a box into sight with its words, where the window is large enough for both.
    const reveal = (page, at, others = []) => {
      const one = sheets[page - 1];
      if (!one) return;
      const { offsetTop: top, offsetLeft: left, clientHeight } = one.sheet;
      if (!at) { element.scrollTop = top - 8; return; }
      const scale = clientHeight / one.size[1];
      const span = (low, high, start, before, after) => (boxes) => [start + Math.min(...boxes.map((box) => box[low])) * scale - before, start + Math.max(...boxes.map((box) => box[high])) * scale + after];
      const across = span(0, 2, left, 10, 10), down = span(1, 3, top, 30, 20);
      element.scrollTop = scrolled(element.scrollTop, element.clientHeight, down([at, ...others]), down([at]));
      element.scrollLeft = scrolled(element.scrollLeft, element.clientWidth, across([at, ...others]), across([at]));
    };

    const select = (item) => {
      chosen = item;
      marks = item ? yojitsu.deciding(item) : [];
      refresh();
      if (!item) return;
      const target = item.type === "finding" && item.facts.length ? item.facts[0] : item;
      const page = target.row.page;
      const near = item.type === "finding" ? item.facts.filter((fact) => fact.row.page === page).map((fact) => edges(fact.row)) : marks.filter(({ mark }) => mark[0] === page).map(({ mark }) => mark.slice(1));
      if (page) reveal(page, target.type === "finding" ? null : edges(target.row), near.filter(Boolean));
    };

    return {
      element, select,
      show: (shown) => { visible = new Set(shown); for (const item of model.unclaimed) visible.add(item); refresh(); },
      reveal: (mark) => reveal(mark[0], mark.slice(1)),
      zoom: (factor) => {
        const middle = (element.scrollTop + element.clientHeight / 2) / element.scrollHeight, across = (element.scrollLeft + element.clientWidth / 2) / element.scrollWidth;
        element.style.setProperty("--zoom", factor);
        element.scrollTop = middle * element.scrollHeight - element.clientHeight / 2;
        element.scrollLeft = across * element.scrollWidth - element.clientWidth / 2;
      },
      close: () => watcher.disconnect(),
    };
  };
}
