// The ground floor: making elements, the words of codes, loading a document's script, and which view the address asks for.
// Plain scripts and one global name: a page opened from disk may load neither modules nor data by fetch.
"use strict";

const yojitsu = { words: {}, documents: [], waiting: new Map() };

// An element with properties and children. Text only ever becomes text: what a document printed is never read as HTML.
yojitsu.make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key.startsWith("--")) element.style.setProperty(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

yojitsu.word = (group, code) => (yojitsu.words[group] || {})[code] || code;
yojitsu.count = (number) => (number || 0).toLocaleString("ja-JP");
yojitsu.say = (sentence) => { document.getElementById("status").textContent = sentence; };

// 2024 is 令和6年度; the era year is what is printed in the documents.
yojitsu.era = (year) => {
  for (const [name, first] of [["R", 2019], ["H", 1989], ["S", 1926]]) if (year >= first) return name + (year - first + 1);
  return "";
};

// Data scripts call this; `document` scripts are asked for one at a time.
yojitsu.loaded = (name, value) => {
  if (name === "document") yojitsu.waiting.get(value.id)?.(value);
  else { Object.assign(yojitsu, value); yojitsu.start(); }
};

yojitsu.load = (id) => new Promise((resolve, reject) => {
  const script = yojitsu.make("script", { src: `data/${id}.js` });
  yojitsu.waiting.set(id, resolve);
  script.addEventListener("error", () => reject(new Error(`data/${id}.js`)));
  script.addEventListener("load", () => { yojitsu.waiting.delete(id); script.remove(); });
  document.head.append(script);
});

// #document/fact. Each fact has an address that can be sent to somebody.
yojitsu.address = () => {
  const [id, item] = location.hash.slice(1).split("/");
  return { id: id || null, item: item || null };
};

yojitsu.start = () => {
  window.addEventListener("hashchange", yojitsu.show);
  yojitsu.show();
};

yojitsu.show = async () => {
  const { id, item } = yojitsu.address();
  const view = document.getElementById("view");
  if (yojitsu.reader && yojitsu.reader.id === id) { yojitsu.reader.go(item); return; }
  yojitsu.reader?.close();
  yojitsu.reader = null;
  const row = yojitsu.documents.find((one) => one.document_id === id && one.status !== "failed");
  if (!row) { view.replaceChildren(yojitsu.shelf()); document.title = "予実 確認ページ"; return; }
  document.title = `${row.title || row.source_name} - 予実`;
  try {
    const data = await yojitsu.load(id);
    if (yojitsu.address().id !== id) return;
    yojitsu.reader = yojitsu.read(row, data, view);
    yojitsu.reader.go(item);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("data/")) throw error;
    view.replaceChildren(yojitsu.make("main", { class: "message" }, yojitsu.make("h1", {}, "文書を開けません"),
      yojitsu.make("p", {}, `${error.message} がありません。フォルダー全体を写したか確かめてください。`), yojitsu.make("a", { href: "#" }, "文書一覧へ")));
  }
};
