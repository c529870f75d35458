// Does what Postman does with a collection and an environment, as far as the exports use it: variables, the two kinds of
// scripts, a form. Arguments: the collection and the environment. Prints the token that the test script has put there.
import { readFileSync } from 'node:fs';

const [collection, environment] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const values = new Map(environment.values.map(({ key, value }) => [key, value]));
if (process.env.CLIENT_SECRET) values.set('client_secret', process.env.CLIENT_SECRET);
const filled = (text) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    if (!values.has(name)) throw new Error(`${name} is not in the environment`);
    return values.get(name);
  });
const run = (item, listen, pm) => {
  for (const { script } of item.event.filter((event) => event.listen === listen)) {
    new Function('pm', 'btoa', script.exec.join('\n'))(pm, btoa);
  }
};

const [item] = collection.item;
const headers = new Headers(item.request.header.map(({ key, value }) => [key, filled(value)]));
const variables = { get: (name) => values.get(name), set: (name, value) => values.set(name, value) };
run(item, 'prerequest', {
  environment: variables,
  request: { headers: { upsert: ({ key, value }) => headers.set(key, value) } },
});
const body = new URLSearchParams(item.request.body.urlencoded.map(({ key, value }) => [key, filled(value)]));
const answer = await fetch(filled(item.request.url), { method: item.request.method, headers, body });
const json = await answer.json();
const response = {
  json: () => json,
  to: { have: { status: (wanted) => { if (answer.status !== wanted) throw new Error(JSON.stringify(json)); } } },
};
run(item, 'test', { environment: variables, response, test: (_, check) => check() });
console.log(values.get('access_token'));
