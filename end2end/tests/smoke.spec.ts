// Every screen that the demo names opens, says something, and is accessible.
import { expect, test } from '../setup/story';

const everywhere = { tag: ['@phone', '@noscript'] };

test('the market page opens', everywhere, async ({ page, demo, axe }) => {
  const answer = await page.goto(demo.market);
  expect(answer?.status()).toBe(200);
  await expect(page.locator('h1')).toBeVisible();
  await axe(page);
});

test('a stall page opens', everywhere, async ({ page, demo, axe }) => {
  const answer = await page.goto(demo.stalls[0].url);
  expect(answer?.status()).toBe(200);
  await expect(page.locator('form')).toBeVisible();
  await axe(page);
});

test('the big screen opens', async ({ page, demo, axe }) => {
  const answer = await page.goto(demo.screen);
  expect(answer?.status()).toBe(200);
  await axe(page);
});

test('the bulletin opens', async ({ page, demo, axe }) => {
  const answer = await page.goto(demo.bulletin);
  expect(answer?.status()).toBe(200);
  await axe(page);
});

test('the counts add up', async ({ request, demo }) => {
  const { encounters } = await (await request.get(demo.counts)).json();
  expect(encounters.total).toBe(encounters.scan + encounters.staff + encounters.paper);
});

test('every page carries a policy that allows no inline script', everywhere, async ({ request, demo }) => {
  for (const url of [demo.market, demo.stalls[0].url, demo.screen, `${demo.base}/login`]) {
    const policy = (await request.get(url)).headers()['content-security-policy'] ?? '';
    expect(policy, url).toContain('default-src');
    expect(policy, url).not.toContain('unsafe-inline');
  }
});

test('what a page loads is there and its names may be kept for good', async ({ page, demo }) => {
  const loaded: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes('/pkg/')) loaded.push(`${answer.status()} ${answer.headers()['cache-control']}`);
  });
  await page.goto(`${demo.base}/login`);
  await page.waitForLoadState('networkidle');
  expect(loaded.length).toBeGreaterThan(0);
  for (const line of loaded) expect(line).toMatch(/^200 .*immutable/);
});
