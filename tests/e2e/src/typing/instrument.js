// What the bench looks at a page with. Put into it once; `typing` holds what was seen since `typing.begin()`.
(() => {
  const now = () => performance.now();
  const typing = { keys: [], tasks: [], frames: [], resultAt: 0 };
  let key = null;
  let since = 0;
  const begin = () => { since = now(); };
  const end = () => { if (key) key.script += now() - since; };
  // What is done here in the middle of the page's own work is not the page's.
  const asOwn = (work) => {
    const began = now();
    work();
    since += now() - began;
  };

  // What the page leaves to the next frame is in the way of that frame just as well.
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => {
    asOwn(() => frame(begin));
    const handle = frame(callback);
    asOwn(() => frame(end));
    return handle;
  };

  // Called when the frame that comes next is done: style, layout and paint included. One channel for all frames: the
  // page's own listeners would be stopped to collect those that are done with.
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()(now());
  const afterFrame = (then) =>
    frame(() => {
      waiting.push(then);
      channel.port2.postMessage(0);
    });

  // The time in the page's own listeners and before its frame, and in what both leave to the end of their turn.
  for (const type of ["keydown", "keypress", "beforeinput", "input", "selectionchange", "keyup"]) {
    addEventListener(
      type,
      () => {
        if (type === "keydown") {
          key = { down: now(), script: 0, frame: 0 };
          typing.keys.push(key);
        }
        if (type === "input" && key) {
          const mine = key;
          afterFrame((done) => {
            mine.frame = done - mine.down;
          });
        }
        begin();
      },
      true,
    );
    addEventListener(type, end);
  }

  const observe = (type, take) => {
    if (PerformanceObserver.supportedEntryTypes.includes(type)) {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type });
    }
  };
  observe("longtask", (entry) => typing.tasks.push({ at: entry.startTime, duration: entry.duration }));
  observe("long-animation-frame", (entry) =>
    typing.frames.push({
      at: entry.startTime,
      duration: entry.duration,
      rendering: entry.startTime + entry.duration - (entry.styleAndLayoutStart || entry.startTime + entry.duration),
      scripts: entry.scripts.map((script) => [script.invoker, Math.round(script.duration), Math.round(script.forcedStyleAndLayoutDuration)]),
    }),
  );

  typing.begin = (result) => {
    typing.keys.length = typing.tasks.length = typing.frames.length = 0;
    key = null;
    new MutationObserver(() => { typing.resultAt = now(); })
      .observe(document.querySelector(result), { childList: true, subtree: true });
  };

  // From the paste to the frame after it, and to the frame that shows what was read of it.
  typing.paste = (text, result, done) => {
    const field = document.querySelector("#token");
    field.focus();
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const began = now();
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    if (field.dispatchEvent(event)) document.execCommand("insertText", false, text);
    const script = now() - began;
    const seen = { script, frame: 0, result: 0 };
    const look = () =>
      afterFrame((at) => {
        seen.frame ||= at - began;
        if (document.querySelector(result)) {
          seen.result = at - began;
          done(seen);
        } else look();
      });
    look();
  };

  // Puts the cursor behind the last character, or into the middle of a long run of letters in the payload. Where the
  // text is shown in pieces, the right one is pressed first.
  typing.place = (place, needle, done) => {
    const pieces = [...document.querySelectorAll(".token-piece, .token-editor")];
    const text = (piece) => piece.querySelector("textarea")?.value ?? piece.textContent;
    const piece = place === "end" ? pieces.at(-1) : pieces.find((piece) => text(piece).includes(needle));
    if (piece && !piece.querySelector("textarea")) piece.click();
    setTimeout(() => {
      const field = document.querySelector("#token");
      const at = place === "end" ? field.value.length : field.value.indexOf(needle) + needle.length / 2;
      field.focus();
      field.setSelectionRange(at, at);
      afterFrame(() => done(field.value.length));
    }, 300);
  };

  window.typing = typing;
})();
