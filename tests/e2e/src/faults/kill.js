// Kills the page at a chosen step, as far as the portal can tell: from then on nothing that it waits for ever comes,
// and nothing that it starts begins. The test then closes the tab. Steps are the asynchronous things a page does:
// fetch, reading a body, IndexedDB, WebCrypto, Web Locks. Nothing is counted before `portico_kill.arm(step)`.
(() => {
  const kill = { at: -1, count: 0, dead: false, open: 0, last: 0, steps: [], errors: [] };
  window.portico_kill = kill;
  kill.arm = (at) => Object.assign(kill, { at, count: 0, dead: false, steps: [], armed: true });
  kill.finished = () => kill.dead || (kill.count > 0 && kill.open === 0 && performance.now() - kill.last > 120);
  addEventListener('error', (event) => kill.errors.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => kill.errors.push(String(event.reason)));

  const never = () => new Promise(() => {});
  const step = (name) => {
    if (!kill.armed || kill.dead) return kill.dead;
    kill.steps.push(name);
    kill.last = performance.now();
    kill.dead = kill.count === kill.at;
    kill.count += 1;
    return kill.dead;
  };
  const begin = () => { kill.open += 1; };
  const end = () => { kill.open -= 1; kill.last = performance.now(); };

  // What gives a promise: killed before it begins, on its way, or when it is there.
  const promising = (prototype, name, label = name) => {
    const inner = prototype[name];
    prototype[name] = function (...parameters) {
      if (step(`${label}: before`)) return never();
      begin();
      const promise = inner.apply(this, parameters);
      if (label === 'fetch' && step('fetch: sent')) return never();
      return promise.then(
        (value) => { end(); return step(`${label}: done`) ? never() : value; },
        (error) => { end(); if (step(`${label}: failed`)) return never(); throw error; },
      );
    };
  };
  promising(window, 'fetch');
  promising(ReadableStreamDefaultReader.prototype, 'read', 'body');
  for (const name of ['encrypt', 'decrypt', 'deriveBits', 'importKey', 'digest', 'generateKey']) {
    promising(SubtleCrypto.prototype, name);
  }

  // IndexedDB tells by events. Our listener is the first, so that it can keep the others from hearing.
  const silence = (target, event, label) => {
    begin();
    let open = true;
    const listen = (happened) => {
      if (open) { open = false; end(); }
      if (step(label)) happened.stopImmediatePropagation();
    };
    target.addEventListener(event, listen);
    const stop = () => { if (open) { open = false; end(); } };
    for (const other of ['error', 'abort']) target.addEventListener(other, stop);
  };
  for (const name of ['get', 'getAll', 'getAllKeys', 'put', 'delete']) {
    const inner = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...parameters) {
      if (step(`${name}: before`)) {
        try { this.transaction.abort(); } catch { /* over already */ }
        return {};
      }
      const request = inner.apply(this, parameters);
      if (kill.armed) silence(request, 'success', `${name}: done`);
      return request;
    };
  }
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...parameters) {
    const made = transaction.apply(this, parameters);
    if (kill.armed && made.mode === 'readwrite') silence(made, 'complete', 'stored');
    return made;
  };

  if (navigator.locks) {
    const request = LockManager.prototype.request;
    LockManager.prototype.request = function (name, options, callback) {
      if (step('lock: before')) return never();
      return request.call(this, name, options, (lock) => (step('lock: granted') ? never() : callback(lock)));
    };
  }
})();
