// A resident before a poster: scans, taps, taps again, raises an appeal, looks it up. Told on a phone with and
// without scripts; the pages are the same.
import { expect, test, type Addresses } from '../setup/story';
import type { APIRequestContext } from '@playwright/test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const phones = { tag: ['@phone-only', '@phone', '@noscript'] };

async function counts(request: APIRequestContext, demo: Addresses) {
  return (await request.get(demo.counts)).json();
}

function at(snapshot: { stalls: { no: string; encounters: number }[] }, no: string): number {
  return snapshot.stalls.find((stall) => stall.no === no)!.encounters;
}

test('a tap counts once, however often the page is tapped', phones, async ({ page, request, demo, axe }) => {
  const stall = demo.stalls.find((one) => one.no === '2')!;
  const before = at(await counts(request, demo), '2');
  await page.goto(stall.url);
  await expect(page.locator('h1')).toContainText(stall.name);
  await axe(page);
  await page.getByRole('button', { name: '我被服务了' }).click();
  await expect(page.locator('h1')).toContainText('已记录');
  await axe(page);
  await page.reload();
  await expect(page.locator('h1')).toContainText('已记录');

  await page.goto(stall.url);
  await page.getByRole('button', { name: '我被服务了' }).click();
  await expect(page.locator('h1')).toContainText('今天已计入');
  expect(at(await counts(request, demo), '2')).toBe(before + 1);
});

test('a mistake is taken back in words', phones, async ({ page, request, demo, axe }) => {
  const before = at(await counts(request, demo), '3');
  await page.goto(demo.stalls.find((one) => one.no === '3')!.url);
  await page.getByRole('button', { name: '我被服务了' }).click();
  await page.getByRole('button', { name: '点错了，撤回这一次' }).click();
  await expect(page.locator('h1')).toContainText('已撤回');
  await axe(page);
  expect(at(await counts(request, demo), '3')).toBe(before);
});

test('an appeal is raised at a stall and found again by its code', phones, async ({ page, request, demo, axe }) => {
  const before = (await counts(request, demo)).appeals.raised;
  await page.goto(demo.stalls.find((one) => one.no === '1')!.url);
  await page.getByRole('link', { name: '提诉求' }).click();
  await axe(page);
  await page.locator('label[for=kind-help]').click();
  await page.locator('form label', { hasText: '求助' }).click();
  await page.locator('textarea').fill('三栋楼下的路灯不亮');
  await page.locator('form button[type=submit]').first().click();
  await expect(page).toHaveURL(/\/a\//);
  await axe(page);
  const code = page.url().match(/-([0-9A-Z]{6})/)![1];
  expect((await counts(request, demo)).appeals.raised).toBeGreaterThan(before);

  await page.goto(demo.market);
  await page.getByLabel('查诉求进展').fill(code.toLowerCase());
  await page.getByRole('button', { name: '查一下' }).click();
  await expect(page).toHaveURL(new RegExp(`/a/[0-9A-Z]+-${code}`));
  await expect(page.locator('body')).toContainText('三栋楼下的路灯不亮');
});

test.describe('codes that are not in order', () => {
  test.use({ expected: [/404/] });
  test('a false code gets a plain sentence and a way on', phones, async ({ page, demo, axe }) => {
    const real = demo.stalls[0].url;
    await page.goto(real.slice(0, -1) + (real.endsWith('0') ? '1' : '0'));
    await expect(page.locator('h1')).toContainText('这个码不是我们的');
    await axe(page);
  });
});

test('the stall page fits its first 14 kilobytes and asks for nothing else', phones, async ({ page, request, demo }) => {
  const asked: string[] = [];
  page.on('request', (one) => asked.push(one.url()));
  await page.goto(demo.stalls[0].url);
  const own = asked.filter((url) => !url.endsWith('favicon.svg') && !url.endsWith('favicon.ico'));
  expect(own).toEqual([demo.stalls[0].url]);
  const body = await (await request.get(demo.stalls[0].url)).text();
  expect(body).not.toContain('<script');
  const packed = await new Response(
    new Blob([body]).stream().pipeThrough(new CompressionStream('gzip')),
  ).arrayBuffer();
  expect(packed.byteLength).toBeLessThan(14 * 1024);
});

test('the public page with its map and every stall fits the same 14 kilobytes', phones, async ({ page, request, demo }) => {
  const asked: string[] = [];
  page.on('request', (one) => asked.push(one.url()));
  await page.goto(demo.market);
  await expect(page.locator('.stalls li')).toHaveCount(demo.stalls.length);
  expect(asked.filter((url) => !/favicon\.(svg|ico)$/.test(url))).toEqual([demo.market]);
  const body = await (await request.get(demo.market)).body();
  expect(body.toString()).not.toContain('<script');
  const sizes = { gzip: gzipSync(body).byteLength, brotli: brotliCompressSync(body).byteLength };
  expect(sizes.gzip).toBeLessThan(14 * 1024);
  expect(sizes.brotli).toBeLessThan(sizes.gzip);
});

test('large text does not push the page sideways', phones, async ({ page, demo, axe }) => {
  for (const url of [demo.stalls[0].url, demo.market]) {
    await page.goto(url);
    await page.getByRole('link', { name: '大字' }).click();
    await axe(page);
    const root = await page.locator('html').boundingBox();
    const body = await page.locator('body').evaluate((one) => one.scrollWidth);
    expect(body).toBeLessThanOrEqual(Math.ceil(root!.width));
  }
});
