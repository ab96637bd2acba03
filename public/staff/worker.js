// Keeps the pad's page and what it is made of, so that a page opened once opens without a network.
// Scope: /staff/. The page comes from the network first; files with hashed names from the shelf first.
// Answers to posts, and pages that show more than the pad, are never kept.
const PATIENCE = 4000;
const shelf = (path) => `pad ${path}`;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(begin()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname.startsWith('/pkg/')) event.respondWith(file(request));
});

// The pages that were open before this worker was there are kept, too.
async function begin() {
  await self.clients.claim();
  const open = await self.clients.matchAll({ type: 'window' });
  const paths = open.map((client) => new URL(client.url).pathname);
  await Promise.all(paths.map((path) => fetch(path).then((answer) => keep(path, answer)).catch(() => {})));
}

async function page(event, url) {
  const kept = await caches.match(url.pathname, { cacheName: shelf(url.pathname) });
  try {
    const answer = await soon(fetch(event.request), kept);
    if (answer.status === 404 || answer.status === 410) event.waitUntil(caches.delete(shelf(url.pathname)));
    if (answer.ok && !url.search) event.waitUntil(keep(url.pathname, answer.clone()).catch(() => {}));
    return answer.status >= 500 && kept ? kept : answer;
  } catch {
    return kept ?? Response.error();
  }
}

// A network that hangs is no better than none.
function soon(answer, kept) {
  if (!kept) return answer;
  return Promise.race([answer, new Promise((_, give) => setTimeout(give, PATIENCE))]);
}

async function file(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

// First what the page is made of, then the page: a page on the shelf is whole.
async function keep(path, answer) {
  if (!answer.ok || answer.redirected) return;
  const text = await answer.clone().text();
  if (!text.includes('class="pad"')) return;
  const files = [...new Set(text.match(/\/pkg\/[\w.-]+\.(?:js|wasm|css)/g))];
  const cache = await caches.open(shelf(path));
  const there = (await cache.keys()).map((one) => new URL(one.url).pathname);
  await cache.addAll(files.filter((name) => !there.includes(name)));
  await cache.put(path, answer);
  const old = there.filter((name) => name !== path && !files.includes(name));
  await Promise.all(old.map((name) => cache.delete(name)));
}
