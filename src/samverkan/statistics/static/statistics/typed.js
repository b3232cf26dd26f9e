// Arrow keys and Enter move between the cells; a block from a spreadsheet is pasted over several.
const rowsOf = (table) =>
  [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll(".typed__cell")]);

const placeOf = (rows, cell) => {
  const row = rows.findIndex((cells) => cells.includes(cell));
  return row < 0 ? null : [row, rows[row].indexOf(cell)];
};

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

const move = (event, rows) => {
  const step = steps[event.key];
  const place = placeOf(rows, event.target);
  if (!step || !place || event.ctrlKey || event.metaKey || event.altKey) return;
  // Enter would send the form from the middle of the typing.
  event.preventDefault();
  const next = rows[place[0] + step[0]]?.[place[1] + step[1]];
  next?.focus();
  next?.select();
};

const paste = (event, rows) => {
  const place = placeOf(rows, event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!place || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  lines.forEach((line, down) =>
    line.split("\t").forEach((value, right) => {
      const cell = rows[place[0] + down]?.[place[1] + right];
      if (!cell) return;
      cell.value = value.trim().slice(0, 20);
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    }),
  );
};

for (const table of document.querySelectorAll("[data-grid]")) {
  const rows = rowsOf(table);
  table.addEventListener("keydown", (event) => move(event, rows));
  table.addEventListener("paste", (event) => paste(event, rows));
}
