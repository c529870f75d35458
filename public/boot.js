// Starts the portal: the small program on a first visit, the whole one otherwise; and says in words why it did not start.
// A plain module beside index.html, because the policy of the page forbids inline scripts.

const tag = document.querySelector("script[data-js][data-wasm]");

// The theme chosen in Settings, as early as a module can: the page is not kept in the wrong colours until wasm is here.
try {
  const theme = localStorage.getItem("portico.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's choice stays.
}

const causes = {
  missing: "A file of the program is missing. That happens when a new version was put on the server while this page was open. Reload the page.",
  policy: "The web server’s Content-Security-Policy does not allow WebAssembly. The operator has to add 'wasm-unsafe-eval' to script-src.",
  network: "A file of the program could not be fetched. Check the connection, then reload the page.",
  panic: "The program met a state it was not made for and stopped, so that nothing is sent or stored by mistake.",
};

// Reveals the static section. Everything is set as text, nothing as markup.
function reveal(cause, detail) {
  const section = document.getElementById("crash");
  if (!section || !section.hidden) return;
  document.getElementById("crash-cause").textContent = cause;
  document.getElementById("crash-detail").textContent =
    `${detail}\n${location.pathname}\n${new Date().toISOString()}\n${navigator.userAgent}`;
  document.getElementById("app").hidden = true;
  section.hidden = false;
  document.getElementById("crash-title").focus();
}

function crash(message) {
  console.error(message);
  reveal(causes.panic, String(message));
}

// What the programs call: the panic hook, the first visit when it is over, and whoever needs another program.
window.portico = Object.freeze({ crash, enter, load });

document.getElementById("crash-reload")?.addEventListener("click", () => location.reload());
document.getElementById("crash-copy")?.addEventListener("click", async (event) => {
  const button = event.currentTarget;
  const detail = document.getElementById("crash-detail");
  try {
    await navigator.clipboard.writeText(detail.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection()?.selectAllChildren(detail);
  }
});

// A trap without a panic (out of memory, for example) never reaches the hook. Errors of extensions do not count.
const isTrap = (error) => error instanceof WebAssembly.RuntimeError;
function watch() {
  addEventListener("error", (event) => isTrap(event.error) && crash(event.error.message));
  addEventListener("unhandledrejection", (event) => isTrap(event.reason) && crash(event.reason.message));
}

class Missing extends Error {}

async function program(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.ok || type.startsWith("text/html")) throw new Missing(`${address} answered ${answer.status} ${type}`);
  return answer;
}

const absolute = (path) => new URL(path, location.origin).href;
// Without `cargo xtask build` nobody has put a hashed name there.
const named = (name, plain) => {
  const base = tag.dataset[name].replace(`@${name}@`, plain);
  return [`${base}.js`, `${base}_bg.wasm`];
};
const programs = {
  welcome: [tag.dataset.js, tag.dataset.wasm],
  portico: named("portico", "portico"),
  workshop: named("workshop", "portico-workshop"),
};
const fetched = {};

// Loader and wasm of a program, asked for at once and only once; after a failure they are asked for again.
function fetchProgram(name) {
  const [js, wasm] = programs[name].map(absolute);
  fetched[name] ??= Promise.all([import(js), program(wasm)]).catch((error) => {
    delete fetched[name];
    throw error;
  });
  return fetched[name];
}

async function run(name) {
  const [loader, answer] = await fetchProgram(name);
  await loader.default({ module_or_path: answer });
  return loader;
}

// A program beside the one that runs, started once; after a failure the next call tries again.
const loaded = {};
function load(name) {
  loaded[name] ??= run(name).catch((error) => {
    delete loaded[name];
    delete fetched[name];
    throw error;
  });
  return loaded[name];
}

function fail(error) {
  console.error(error);
  reveal(why(error), String(error?.message ?? error));
}

let entering = false;
function enter() {
  if (entering) return;
  entering = true;
  run("portico").catch(fail);
}

// A first visit is the home page in a browser in which the whole portal has never run: that one opens a database.
function looksLikeFirstVisit() {
  try {
    return location.pathname === `${document.documentElement.dataset.base ?? ""}/` && !localStorage.getItem("portico.home");
  } catch {
    return false;
  }
}

async function isFirstVisit() {
  if (!looksLikeFirstVisit()) return false;
  // Asked for before the databases are, whose answer takes a moment.
  fetchProgram("welcome").catch(() => {});
  try {
    return (await indexedDB.databases()).length === 0;
  } catch {
    return false;
  }
}

async function start() {
  if (!(await isFirstVisit())) return run("portico");
  await run("welcome");
  // Whoever comes near a link is about to leave the first page: the larger program is fetched meanwhile.
  const approach = () => fetchProgram("portico").catch(() => {});
  for (const event of ["pointerover", "focusin"]) {
    document.getElementById("app").addEventListener(event, (at) => at.target.closest?.("a, button") && approach());
  }
}

function why(error) {
  if (error instanceof Missing) return causes.missing;
  if (error instanceof WebAssembly.CompileError || error instanceof EvalError) {
    return /policy|csp|unsafe-eval|disallowed/i.test(error.message) ? causes.policy : causes.missing;
  }
  return error instanceof TypeError ? (navigator.onLine ? causes.missing : causes.network) : causes.panic;
}

if (typeof WebAssembly !== "object") {
  document.getElementById("app").hidden = true;
  document.getElementById("unsupported").hidden = false;
} else {
  watch();
  start().catch(fail);
}
