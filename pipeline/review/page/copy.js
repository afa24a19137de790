// Facts as CSV in the clipboard, in the columns of the tables.
"use strict";

{
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  yojitsu.csv = (row, columns, facts) => {
    const names = columns.filter((name) => !yojitsu.placed.some((one) => name === `${one}_at`));
    const lines = facts.map((fact) => [row.document_id, row.source_name, ...names.map((name) => fact.row[name])]);
    return [["document_id", "source_name", ...names], ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
  };

  // The old way, for browsers that give a page from disk no clipboard.
  const byHand = (text) => {
    const area = yojitsu.make("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    const focused = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return copied;
  };

  // The last way: the text in front of the person, chosen and ready for Ctrl+C.
  const shown = (text) => {
    const area = yojitsu.make("textarea", { rows: "12", readonly: true, "aria-label": "CSV" });
    const dialog = yojitsu.make("dialog", { "aria-label": "CSV をコピー" }, yojitsu.make("p", {}, "自動でコピーできませんでした。下の文字をコピーしてください。"), area,
      yojitsu.make("form", { method: "dialog" }, yojitsu.make("button", {}, "閉じる")));
    area.value = text;
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  };

  yojitsu.copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      // No clipboard, or the person said no.
      if (byHand(text)) return true;
      shown(text);
      return false;
    }
  };
}
