// A real RFC 7591/7592 server for the end-to-end tests: npm's oidc-provider, in memory, on loopback.
// Environment: OIDC_PROVIDER (the package's entry), INITIAL_ACCESS_TOKEN, CORS (`on` or `off`).
// Prints its address, and then one line for each request to the registration endpoint.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const { default: Provider } = await import(pathToFileURL(process.env.OIDC_PROVIDER));

const server = createServer();
server.listen(0, 'localhost', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    scopes: ['openid', 'registry:start-bp', 'registry:data-factory', 'cash-accounts:balances.read', 'payments:initiate'],
    cookies: { keys: [process.env.INITIAL_ACCESS_TOKEN] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      registration: { enabled: true, initialAccessToken: process.env.INITIAL_ACCESS_TOKEN },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    },
  });
  // It has no CORS at its registration endpoint: whoever wants it puts it before the whole.
  if (process.env.CORS === 'on') {
    provider.use(async (ctx, next) => {
      ctx.set('Access-Control-Allow-Origin', '*');
      ctx.set('Access-Control-Allow-Headers', 'authorization, content-type');
      ctx.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE');
      if (ctx.method === 'OPTIONS') ctx.status = 204;
      else await next();
    });
  }
  const answer = provider.callback();
  server.on('request', (request, response) => {
    response.on('finish', () => {
      if (request.url.startsWith('/reg')) console.log(`${request.method} ${response.statusCode}`);
    });
    answer(request, response);
  });
  console.log(`listening on ${issuer}`);
});
