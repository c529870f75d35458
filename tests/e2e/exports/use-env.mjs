// A program of a partner that takes everything from the environment: node --env-file=FILE use-env.mjs
const { TOKEN_URL, CLIENT_ID, CLIENT_SECRET, SCOPE } = process.env;
const credentials = [CLIENT_ID, CLIENT_SECRET].map(encodeURIComponent).join(':');
const answer = await fetch(TOKEN_URL, {
  method: 'POST',
  headers: { Authorization: `Basic ${btoa(credentials)}` },
  body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }),
});
const json = await answer.json();
if (!json.access_token) throw new Error(JSON.stringify(json));
console.log(json.access_token);
