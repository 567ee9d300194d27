// OpenID providers for tests: `node serve.mjs PORT`. Each folder of the address is a provider of its own, made when it is first
// asked for: oidc-provider as it comes, with clients, people, keys and a time that tests choose by
// POST /FOLDER/control {"now": seconds, "keys": ["b", "a"]}.
import { AsyncLocalStorage } from "node:async_hooks";
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const port = Number(process.argv[2]);
const keys = new Map();

// What a test says of the time holds for everything that its provider does, codes and tokens alike.
const machine = Date.now;
const asked = new AsyncLocalStorage();
Date.now = () => machine() + (asked.getStore()?.ahead ?? 0);

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

function provider(house, kids) {
  const made = new Provider(`http://127.0.0.1:${port}/${house.name}`, {
    jwks: { keys: kids.map(key) },
    clients: [client("openhours"), client("another-clinic")],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // As Google does it: what was asked for stands in the ID token.
    conformIdTokenClaims: false,
    cookies: { keys: ["cookies of tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/${house.name}/interaction/${interaction.uid}` },
    ttl: { AuthorizationCode: 60, IdToken: 3600, AccessToken: 3600, Grant: 3600, Interaction: 3600, Session: 3600 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...house.people.get(sub) }) }),
  });
  Object.assign(house, { kids, made, answer: made.callback() });
}

const houses = new Map();

function houseOf(name) {
  if (!houses.has(name)) {
    houses.set(name, { name, people: new Map(), ahead: 0 });
    provider(houses.get(name), ["a"]);
  }
  return houses.get(name);
}

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

const form = `<!doctype html><html lang="en"><title>Sign in</title><form method="post">
<label>E-mail <input name="email"></label> <label>Name <input name="name"></label> <button>Continue</button></form>`;

async function signIn(house, request, response) {
  const given = new URLSearchParams(await text(request));
  const sub = `sub-${Buffer.from(given.get("email").toLowerCase()).toString("hex")}`;
  const confirmed = given.get("confirmed") !== "no";
  house.people.set(sub, { email: given.get("email"), email_verified: confirmed, name: given.get("name") });
  const { params } = await house.made.interactionDetails(request, response);
  const grant = new house.made.Grant({ accountId: sub, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId: sub }, consent: { grantId: await grant.save() } };
  await house.made.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function control(house, request, response) {
  const wanted = JSON.parse(await text(request));
  if ("now" in wanted) house.ahead = wanted.now * 1000 - machine();
  if ("keys" in wanted && wanted.keys.join() !== house.kids.join()) provider(house, wanted.keys);
  response.end("{}");
}

async function answer(house, request, response) {
  // Where the provider is mounted is what was asked for without what is left of it.
  request.originalUrl = request.url;
  request.url = request.url.slice(house.name.length + 1) || "/";
  if (request.url === "/control") return control(house, request, response);
  if (!request.url.startsWith("/interaction/")) return house.answer(request, response);
  if (request.method === "POST") return signIn(house, request, response);
  return response.setHeader("content-type", "text/html").end(form);
}

createServer((request, response) => {
  const house = houseOf(request.url.split(/[/?]/)[1]);
  asked.run(house, () => answer(house, request, response)).catch((error) => {
    response.statusCode = 500;
    response.end(String(error.stack));
  });
}).listen(port, "127.0.0.1");
