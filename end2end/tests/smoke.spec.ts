// Every screen that the demo names opens, says something, and is accessible.
import type { Page } from '@playwright/test';
import { signIn } from '../setup/sign-in';
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
  await signIn(page, demo);
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

/** Watches what a page loads besides itself. */
function loads(page: Page): string[] {
  const loaded: string[] = [];
  page.on('response', (answer) => {
    if (answer.request().resourceType() !== 'document') {
      const { 'content-type': type, 'cache-control': kept } = answer.headers();
      loaded.push(`${answer.status()} ${type} ${kept}`);
    }
  });
  return loaded;
}

test('the browser half is there and its names may be kept for good', async ({ page, demo }) => {
  const loaded = loads(page);
  await page.goto(demo.screen);
  await expect.poll(() => loaded.some((line) => line.includes('application/wasm'))).toBe(true);
  for (const line of loaded.filter((l) => /wasm|css|javascript/.test(l))) expect(line).toMatch(/^200 .*immutable/);
});

test('a resident loads one page and nothing else', { tag: '@phone' }, async ({ page, demo }) => {
  const loaded = loads(page);
  for (const url of [demo.stalls[0].url, demo.market]) {
    await page.goto(url);
    await page.waitForLoadState('networkidle');
  }
  expect(loaded.filter((line) => !line.includes('image/svg'))).toEqual([]);
  await expect(page.locator('script')).toHaveCount(0);
});
