// Meeting mode by keyboard. Every key presses a button or follows a link that is on the page:
// without this file the page does the same by mouse, touch and Tab.
const form = document.querySelector("[data-mode]");
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function press(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found || found.disabled) return false;
  found.click();
  return true;
}

function openDecision() {
  const box = document.querySelector("#decision");
  if (!box) return;
  box.open = true;
  box.querySelector("textarea, select")?.focus();
  box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey) return;
  if (event.key === "Escape" && isTyping(event.target)) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey) {
    if (event.key === "Enter" && form) {
      const isDeciding = event.target.closest("#decision") !== null;
      const wanted = isDeciding ? "decide" : "note";
      document.querySelector(`button[value="${wanted}"]`)?.click();
    }
    return;
  }
  if (isTyping(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "n") {
    document.querySelector("textarea[name=text]")?.focus();
    event.preventDefault();
  } else if (key === "b") {
    openDecision();
    event.preventDefault();
  } else if (press(key)) {
    event.preventDefault();
  }
});

// A swipe to the side is the arrow key, for a screen that one touches.
let start = null;
document.addEventListener("touchstart", (event) => {
  start = isTyping(event.target) ? null : event.changedTouches[0];
}, { passive: true });
document.addEventListener("touchend", (event) => {
  if (!start) return;
  const across = event.changedTouches[0].clientX - start.clientX;
  const down = event.changedTouches[0].clientY - start.clientY;
  if (Math.abs(across) > 80 && Math.abs(down) < 40) press(across < 0 ? "ArrowRight" : "ArrowLeft");
  start = null;
}, { passive: true });
document.querySelector(".error-summary[data-focus]")?.focus();
