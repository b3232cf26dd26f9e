// Reports that wait on the device, and how each of them is sent exactly once.
// Runs in the page and in the service worker, so it touches neither document nor window.
(() => {
  "use strict";

  const NAME = "samverkan-reports";
  const SESSION_URL = "/rapportera/uppgifter";
  const SEND_URL = "/rapportera/skicka";
  const PATIENCE = 20000;

  const opened = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("reports", { keyPath: "key" });
        // What the form needs without a network: places and categories, and whose device it is now.
        asked.result.createObjectStore("known");
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  const within = async (store, mode, work) => {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, mode);
        const asked = work(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(asked && asked.result);
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  const put = (report) => within("reports", "readwrite", (store) => store.put(report));
  const remove = (key) => within("reports", "readwrite", (store) => store.delete(key));
  const get = (key) => within("reports", "readonly", (store) => store.get(key));
  const everything = () => within("reports", "readonly", (store) => store.getAll());
  const remember = (value) => within("known", "readwrite", (store) => store.put(value, "session"));
  const remembered = () => within("known", "readonly", (store) => store.get("session"));
  const forget = () => within("known", "readwrite", (store) => store.clear());

  // Only the reports of the one who acts now: others on the same device are neither seen nor sent.
  const of = async (owners) => {
    const found = (await everything()).filter((each) => owners.includes(each.owner));
    return found.sort((one, other) => one.written_at.localeCompare(other.written_at));
  };

  const patiently = (url, options) => {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    return fetch(url, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      ...options,
      signal: stop.signal,
    }).finally(() => clearTimeout(clock));
  };

  // Who acts, by the server's word; null without a network.
  const session = async () => {
    try {
      const answer = await patiently(SESSION_URL, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch (error) {
      return null;
    }
  };

  const sendOne = async (report, csrf) => {
    const body = JSON.stringify({
      ...report.fields,
      key: report.key,
      owner: report.owner,
      function: report.function,
      written_at: report.written_at,
      sent_at: new Date().toISOString(),
    });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
    try {
      const answer = await patiently(SEND_URL, { method: "POST", headers, body });
      const type = answer.headers.get("Content-Type") || "";
      const told = type.includes("json") ? await answer.json() : {};
      return { code: answer.status, told };
    } catch (error) {
      return { code: 0, told: {} };
    }
  };

  // What the answer does with the report on the device. An answer that never came changes nothing.
  const settle = async (report, { code, told }) => {
    if (told.status === "received") {
      await remove(report.key);
      return "received";
    }
    if (code === 422) {
      await put({ ...report, status: "refused", errors: told.errors, found: told.found });
      return "refused";
    }
    if (told.status === "function_ended") {
      await put({ ...report, status: "blocked", message: told.message });
      return "blocked";
    }
    return told.status === "signed_out" ? "signed_out" : "waiting";
  };

  const flushOnce = async () => {
    const result = { received: 0, refused: 0, blocked: 0, waiting: 0, clock: "", last: null };
    const now = await session();
    if (now === null) return { ...result, offline: true };
    if (!now.signed_in) return { ...result, signedOut: true };
    result.session = now;
    // Blocked ones are tried again: the function may have been given back.
    const mine = (await everything()).filter((each) => (now.owners || []).includes(each.owner));
    for (const report of mine.filter((each) => each.status !== "refused")) {
      const answer = await sendOne(report, now.csrf);
      const outcome = await settle(report, answer);
      if (outcome === "signed_out") return { ...result, signedOut: true };
      result[outcome] += 1;
      result.last = { key: report.key, outcome, ...answer };
      result.clock = answer.told.clock || result.clock;
      // The network is gone again: what is left waits.
      if (answer.code === 0) return { ...result, offline: true };
    }
    return result;
  };

  // One at a time on the whole device; the server would tell doubles apart in any case.
  const flush = () =>
    navigator.locks ? navigator.locks.request("samverkan-reports", flushOnce) : flushOnce();

  self.reportQueue = { put, remove, get, of, remember, remembered, forget, session, flush };
  if (self.offlineSenders) self.offlineSenders.push(flush);
})();
