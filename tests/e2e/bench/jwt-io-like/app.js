// A decoder built like jwt.io's: a textarea over a `pre` with one element per part, and a viewer with one `pre` per
// line, each cut into tokens by Prism. Everything is decoded and rendered again with every keystroke. The original's
// tool tips, its checks of keys and signature, and that it empties the viewer before every decoding are left out.
"use strict";
const { createElement: e, useState } = React;

function decoded(part) {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return JSON.stringify(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), null, 2);
}

function read(token) {
  const [header = "", payload = ""] = token.trim().split(".");
  try {
    return { header: decoded(header), payload: decoded(payload) };
  } catch (error) {
    return { header: "", payload: "", error: String(error) };
  }
}

function pieces(tokens) {
  if (typeof tokens === "string") return tokens;
  if (!Array.isArray(tokens)) return e("span", { className: `token ${tokens.type}` }, pieces(tokens.content));
  return tokens.map((token, index) =>
    typeof token === "string"
      ? token
      : e("span", { key: index, className: `token ${token.type}` }, pieces(token.content.toString())),
  );
}

// What is empty is drawn as another element than what has lines, as in the original: React then makes all lines at
// once. Put one by one into an element that is there already, they would take it ten times as long.
function Viewer({ text }) {
  if (!text) return e("div", { className: "viewer" });
  const lines = text.split("\n");
  const rows = lines.map((line, index) => e("pre", { key: index }, pieces(Prism.tokenize(line, Prism.languages.json))));
  return e("section", { className: "viewer" }, rows);
}

function Editor({ value, onChange }) {
  const names = ["header", "payload", "signature"];
  const parts = value.split(".");
  const coloured = parts.map((part, index) =>
    e(
      React.Fragment,
      { key: index },
      e("span", { className: names[index] ?? "rest" }, part),
      index < parts.length - 1 && e("span", { className: "dot" }, "."),
    ),
  );
  return e(
    "div",
    { className: "editor" },
    e("pre", { "aria-hidden": true }, coloured),
    e("textarea", {
      id: "token",
      value,
      spellCheck: false,
      autoComplete: "off",
      autoCapitalize: "off",
      onChange: (event) => onChange(event.currentTarget.value),
    }),
  );
}

function App() {
  const [token, setToken] = useState("");
  const { header, payload, error } = read(token);
  return e(
    "div",
    null,
    e(Editor, { value: token, onChange: setToken }),
    e("div", { id: "result" }, error && token && e("p", null, error), e(Viewer, { text: header }), e(Viewer, { text: payload })),
  );
}

ReactDOM.createRoot(document.getElementById("root")).render(e(App));
