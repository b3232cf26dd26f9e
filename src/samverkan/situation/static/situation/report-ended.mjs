// Somebody whose function has ended: what waits is sent if it may, and otherwise shown with why.
import { drawList } from "./report-list.mjs";

const queue = self.reportQueue;
const box = document.getElementById("report-queue");
const said = document.getElementById("report-status");

const send = async () => {
  const result = await queue.flush();
  drawList(box, said, await queue.of(result.session?.owners || []), null);
  if (result.received === 1) said.textContent = said.dataset.sent;
  if (result.received > 1) {
    said.textContent = said.dataset.many.replace("NUMBER", result.received);
  }
};

box.querySelector("[data-queue-send]").addEventListener("click", send);
send();
