// The guard beside a text: hard patterns at once and without a network, the rest from the server.

const HARD = [
  // Personal numbers and coordination numbers, with or without the century.
  /(?<!\d)(?:(?:19|20)\d\d|\d\d)[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?(?:[06][1-9]|[1-2]\d|[7-8]\d|3[01]|9[01])[ ]?[-+]?[ ]?\d{4}(?!\d)/,
  // Telephone numbers.
  /(?<![\d-])(?:\+46[ -]?\(?0?\)?|0)7[02369](?:[ -]?\d){7}(?!\d)/,
  /(?<![\d-])0\d{1,3}[- ]\d{2,3}[ ]?\d{2}[ ]?\d{2}(?!\d)/,
  // E-mail addresses.
  /[\w.+-]+@[\w-]+\.\w/,
  // Registration plates.
  /(?<![\wåäöÅÄÖ@#])[A-HJ-PR-UW-Z]{3}[ -]?\d\d[\dA-HJ-NPR-UW-Z](?![\wåäöÅÄÖ@])/,
];

export const hardPart = (text) => {
  for (const pattern of HARD) {
    const found = text.match(pattern);
    if (found) return found[0];
  }
  return "";
};

const question = (holder, found, confirmed) => {
  const line = document.createElement("label");
  line.className = `guard__question${found.may_confirm ? "" : " guard__question--stop"}`;
  const words = document.createElement("span");
  words.textContent = found.message;
  line.append(words);
  if (found.may_confirm) {
    const answer = document.createElement("span");
    answer.className = "guard__answer";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = "confirmed";
    box.value = found.text;
    box.checked = confirmed.has(found.text);
    answer.append(box, ` ${holder.dataset.confirm}`);
    line.append(answer);
  }
  return line;
};

export const show = (holder, all) => {
  const boxes = [...holder.querySelectorAll("input[name=confirmed]:checked")];
  const confirmed = new Set(boxes.map((box) => box.value));
  holder.replaceChildren(...all.map((found) => question(holder, found, confirmed)));
};

const showHard = (holder, part) => {
  const text = `“${part}”: ${holder.dataset.hard}`;
  show(holder, [{ message: text, text: part, may_confirm: false }]);
};

// Any textarea with data-guard in a form that has data-check: the room's others can use it too.
export const watch = (field, holder, form, token) => {
  let clock = 0;
  let asked = 0;
  const ask = async () => {
    const number = ++asked;
    if (!field.value.trim()) {
      holder.replaceChildren();
      return;
    }
    const body = new URLSearchParams({
      text: field.value,
      setting: form.elements.setting?.value || "",
    });
    try {
      const answer = await fetch(form.dataset.check, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "error",
        headers: { "X-CSRFToken": await token() },
      });
      if (!answer.ok || number !== asked) return;
      show(holder, (await answer.json()).found);
    } catch (error) {
      // Without a network the hard patterns alone are looked for; the server looks again.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(clock);
    const part = hardPart(field.value);
    if (part) showHard(holder, part);
    clock = setTimeout(ask, 500);
  });
  form.elements.setting?.addEventListener("change", ask);
};
