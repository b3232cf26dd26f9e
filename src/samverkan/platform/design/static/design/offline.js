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
    const follow = [...document.querySelectorAll("a[data-offline-keep]")].map((link) => link.pathname);
    const wanted = new Set([location.pathname, ...follow]);
    // What no longer stands among the links is no longer kept either.
    const stale = (await cache.keys()).filter((each) => {
      const path = new URL(each.url).pathname;
      return path.startsWith(location.pathname) && !wanted.has(path);
    });
    await Promise.all(stale.map((each) => cache.delete(each)));
    // One after the other: a poor network is not asked for everything at once.
    for (const path of wanted) {
      const answer = await fetch(path, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) await cache.put(path, answer);
    }
  };

  const start = async () => {
    await forgetOthers();
    if (owner) await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    await keep();
  };

  window.addEventListener("load", () => start().catch(() => undefined));
})();
