// What waits on the device, shown with its state and its reason.

const counted = (one, many, number) => (number === 1 ? one : many.replace("NUMBER", number));

const row = (box, said, report, mend) => {
  const line = box.querySelector("[data-queue-row]").content.cloneNode(true);
  const tags = { refused: said.dataset.refused, blocked: said.dataset.blocked };
  line.querySelector("[data-row-title]").textContent = report.title;
  line.querySelector("[data-row-tag]").textContent = tags[report.status] || said.dataset.waiting;
  const reasons = Object.values(report.errors || {}).flat();
  const written = new Date(report.written_at).toLocaleString(document.documentElement.lang);
  line.querySelector("[data-row-note]").textContent =
    report.message || (report.status === "refused" ? reasons.join(" ") : written);
  const button = line.querySelector("[data-row-edit]");
  if (mend) button.addEventListener("click", () => mend(report));
  else button.remove();
  return line;
};

export const drawList = (box, said, waiting, mend) => {
  box.hidden = waiting.length === 0;
  if (!waiting.length) return;
  const title = box.querySelector("[data-queue-title]");
  const refused = waiting.filter((each) => each.status === "refused").length;
  const told = [
    [waiting.length - refused, title.dataset.waitingOne, title.dataset.waitingMany],
    [refused, title.dataset.refusedOne, title.dataset.refusedMany],
  ];
  title.textContent = told
    .filter(([number]) => number)
    .map(([number, one, many]) => counted(one, many, number))
    .join(" · ");
  const rows = waiting.map((report) => row(box, said, report, mend));
  box.querySelector("[data-queue-list]").replaceChildren(...rows);
};
