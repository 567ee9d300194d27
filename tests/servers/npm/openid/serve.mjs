// An OpenID provider for tests: `node serve.mjs PORT`. It is oidc-provider as it comes, with clients, people, keys and a time
// that tests choose: POST /control {"now": seconds | null, "keys": ["b"]}.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const port = Number(process.argv[2]);
const people = new Map();
const keys = new Map();

// What tests say of the time holds for everything here, codes and tokens alike.
const machine = Date.now;
let ahead = 0;
Date.now = () => machine() + ahead;

function key(kid) {
  if (!keys.has(kid)) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    keys.set(kid, { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });
  }
  return keys.get(kid);
}

const client = (id) => ({
  client_id: id,
  client_secret: `secret of ${id}`,
  // Native, because only then any port of the loopback may be led back to (RFC 8252, 7.3).
  application_type: "native",
  redirect_uris: ["http://127.0.0.1/api/auth/google/callback"],
  token_endpoint_auth_method: "client_secret_post",
});

function provider(kids) {
  const made = new Provider(`http://127.0.0.1:${port}`, {
    jwks: { keys: kids.map(key) },
    clients: [client("openhours"), client("another-clinic")],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // As Google does it: what was asked for stands in the ID token.
    conformIdTokenClaims: false,
    cookies: { keys: ["cookies of tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AuthorizationCode: 60, IdToken: 3600, AccessToken: 3600, Grant: 3600, Interaction: 3600, Session: 3600 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  });
  return { kids, made, answer: made.callback() };
}

let current = provider(["a"]);

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

const form = `<!doctype html><html lang="en"><title>Sign in</title><form method="post">
<label>E-mail <input name="email"></label> <label>Name <input name="name"></label> <button>Continue</button></form>`;

async function signIn(request, response) {
  const given = new URLSearchParams(await text(request));
  const sub = `sub-${Buffer.from(given.get("email").toLowerCase()).toString("hex")}`;
  const confirmed = given.get("confirmed") !== "no";
  people.set(sub, { email: given.get("email"), email_verified: confirmed, name: given.get("name") });
  const { params } = await current.made.interactionDetails(request, response);
  const grant = new current.made.Grant({ accountId: sub, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId: sub }, consent: { grantId: await grant.save() } };
  await current.made.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function control(request, response) {
  const wanted = JSON.parse(await text(request));
  if ("now" in wanted) ahead = wanted.now === null ? 0 : wanted.now * 1000 - machine();
  if ("keys" in wanted && wanted.keys.join() !== current.kids.join()) current = provider(wanted.keys);
  response.end("{}");
}

async function answer(request, response) {
  if (request.url === "/control") return control(request, response);
  if (!request.url.startsWith("/interaction/")) return current.answer(request, response);
  if (request.method === "POST") return signIn(request, response);
  return response.setHeader("content-type", "text/html").end(form);
}

createServer((request, response) => {
  answer(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error.stack));
  });
}).listen(port, "127.0.0.1");
