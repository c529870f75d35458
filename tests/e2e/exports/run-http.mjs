// Sends the first request of a .http file as the REST Client of VS Code does: variables, Basic of two words, a body.
// Argument: the file. Prints the token.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const values = new Map();
for (const [, name, value] of text.matchAll(/^@(\w+) = (.*)$/gm)) {
  const variable = /^\{\{\$processEnv (\w+)\}\}$/.exec(value);
  values.set(name, variable ? process.env[variable[1]] : value);
}
const filled = (line) => line.replace(/\{\{(\w+)\}\}/g, (_, name) => values.get(name));
const [, request] = text.split(/^###.*$/m);
const lines = request.split('\n').filter((line) => !line.startsWith('# '));
while (lines[0] === '') lines.shift();
const [method, url] = lines.shift().split(' ');
const headers = new Headers();
for (let line = lines.shift(); line; line = lines.shift()) {
  const [, name, value] = /^([\w-]+): (.*)$/.exec(line);
  const basic = /^Basic ([^ ]*:.*)$/.exec(filled(value));
  headers.set(name, basic ? `Basic ${btoa(basic[1])}` : filled(value));
}
const answer = await fetch(url, { method, headers, body: filled(lines.join('\n').trim()) });
const json = await answer.json();
if (!json.access_token) throw new Error(JSON.stringify(json));
console.log(json.access_token);
