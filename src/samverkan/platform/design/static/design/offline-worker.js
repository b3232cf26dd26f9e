// The service worker: keeps the registered pages, and lets rooms send what waits.
// `self.offline` (addresses and version) is written by the server in front of this file.
(() => {
  "use strict";

  const told = self.offline;
  const SHELL = `samverkan-shell-${told.version}`;
  const SESSION = "samverkan-session-";
  const assets = new Set(told.assets.map((url) => new URL(url, self.location).pathname));
  const pages = new Map(told.pages.map((page) => [page.url, page]));

  // Rooms add functions here that send what waits on the device; each returns a promise.
  self.offlineSenders = [];

  const fill = async () => {
    const cache = await caches.open(SHELL);
    const shells = told.pages.map((page) => page.shell).filter(Boolean);
    const wanted = [...told.assets, told.fallback, ...shells];
    // Without cookies: what is kept for everybody must be nobody's.
    await Promise.all(
      wanted.map(async (url) => {
        const answer = await fetch(new Request(url, { cache: "reload", credentials: "omit" }));
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        await cache.put(url, answer);
      }),
    );
  };

  const clean = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("samverkan-shell-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };

  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith(SESSION)).map((name) => caches.delete(name)),
    );
  };

  const kept = async (url) => {
    for (const name of await caches.keys()) {
      if (name !== SHELL && !name.startsWith(SESSION)) continue;
      const found = await (await caches.open(name)).match(url, { ignoreSearch: true });
      if (found) return found;
    }
    return undefined;
  };

  const navigate = async (request, page) => {
    try {
      return await fetch(request);
    } catch (error) {
      // A page that is not registered may be kept with the one that leads to it.
      const wanted = page ? page.shell || page.url : new URL(request.url).pathname;
      const found = (await kept(wanted)) || (await kept(told.fallback));
      if (found) return found;
      throw error;
    }
  };

  const asset = async (request) => {
    try {
      return await fetch(request);
    } catch (error) {
      const found = await kept(request.url);
      if (found) return found;
      throw error;
    }
  };

  self.addEventListener("install", (event) => {
    event.waitUntil(fill().then(() => self.skipWaiting()));
  });
  self.addEventListener("activate", (event) => event.waitUntil(clean()));

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    if (request.method === "POST" && url.pathname === told.sign_out) event.waitUntil(forget());
    if (request.method !== "GET") return;
    if (request.mode === "navigate") {
      event.respondWith(navigate(request, pages.get(url.pathname)));
    } else if (assets.has(url.pathname)) {
      event.respondWith(asset(request));
    }
  });

  self.addEventListener("sync", (event) => {
    event.waitUntil(Promise.all(self.offlineSenders.map((send) => send())));
  });
})();
