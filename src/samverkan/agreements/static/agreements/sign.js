// A pad to draw one's name on. Without it, and without a mouse, one types the name instead.
const pad = document.querySelector("[data-pad]");
const field = document.querySelector("[name=drawing]");
const methods = [...document.querySelectorAll("[name=method]")];

if (pad && field) {
  const canvas = pad.querySelector("canvas");
  const context = canvas.getContext("2d");
  const [width, height] = [canvas.width, canvas.height];
  let strokes = [];
  let current = null;

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const across = Math.round(((event.clientX - box.left) / box.width) * width);
    const down = Math.round(((event.clientY - box.top) / box.height) * height);
    return [Math.min(width, Math.max(0, across)), Math.min(height, Math.max(0, down))];
  };

  const draw = () => {
    context.clearRect(0, 0, width, height);
    context.lineWidth = 4;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = "#1b2421";
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(...stroke[0]);
      for (const each of stroke) context.lineTo(...each);
      context.stroke();
    }
  };

  const keep = () => {
    field.value = strokes.length ? JSON.stringify(strokes) : "";
    draw();
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (strokes.length >= 80) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = [point(event)];
    strokes.push(current);
    const drawn = methods.find((each) => each.value === "drawn");
    if (drawn) drawn.checked = true;
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current || current.length >= 400) return;
    const next = point(event);
    const last = current[current.length - 1];
    if (next[0] !== last[0] || next[1] !== last[1]) current.push(next);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      current = null;
      keep();
    });
  }
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
  });

  try {
    strokes = JSON.parse(field.value || "[]") || [];
  } catch {
    strokes = [];
  }
  pad.hidden = false;
  draw();
}
