// On every page: the app is installed, and what was kept for somebody else is forgotten.
(() => {
  "use strict";

  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content || "";
  const owner = meta("offline-owner");
  const isShell = meta("offline-shell") === "yes";
  const PREFIX = "samverkan-session-";

  // A shell is nobody's page: it tells nothing about who uses the device.
  const forgetOthers = async () => {
    if (isShell) return;
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== PREFIX + owner) await caches.delete(name);
    }
  };

  const keep = async () => {
    if (!owner || meta("offline-keep") !== "yes") return;
    const cache = await caches.open(PREFIX + owner);
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(location.pathname, answer);
  };

  const start = async () => {
    await forgetOthers();
    if (owner) await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    await keep();
  };

  window.addEventListener("load", () => start().catch(() => undefined));
})();
