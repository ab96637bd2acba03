// The bulletin: its words are edited, a figure opens to its rows, it is signed and then stands still; what is found out
// later is a numbered correction, and the committee reads it only now.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { launch } from '../setup/server';
import { expect, test as story, type Addresses } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

// Its market is closed and signed, so it is told on a demo of its own.
const test = story.extend<object, { demo: Addresses }>({
  demo: [
    async ({}, use) => {
      const { addresses, stop } = await launch();
      await use(JSON.parse(readFileSync(addresses, 'utf8')));
      await stop();
    },
    { scope: 'worker' },
  ],
});

/** Staff of stall 2 count so many people, in one go. */
async function served(phone: Page, demo: Addresses, nonce: string, n: number) {
  const pad = demo.staff.find((one) => one.no === '2')!.url;
  const done = await phone.request.post(`${pad}/tap`, {
    form: { nonce, kind: 'consult', n: String(n) },
    headers: { 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  });
  expect(done.status()).toBe(303);
}

test.use({ expected: [/status of 422/] }); // of the text with a number typed by hand

test('a bulletin is written, looked into, signed, corrected and read', { tag: ['@phone', '@noscript'] }, async ({ page, visitor, demo, axe }) => {
  await served(await visitor(), demo, 'in-the-morning', 12);
  await signIn(page, demo);
  await page.goto(step(demo, 'bulletin'));
  await expect(page.locator('.head .chip')).toHaveText('草稿，随现场更新');
  await expect(page.getByRole('link', { name: '公文 PDF' })).toBeVisible();
  await axe(page);

  await page.getByRole('link', { name: '改文字' }).click();
  await page.getByLabel('服务', { exact: true }).fill('热闹的一天，服务群众9999人次，{服务人次}。');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert')).toContainText('是手写的数字');
  await axe(page);
  await page.getByLabel('服务', { exact: true }).fill('热闹的一天，服务群众{服务人次|余}。');
  await page.getByLabel('群众的话').fill('居民代表：办得快。');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('article')).toContainText('热闹的一天');
  await expect(page.locator('article')).toContainText('居民代表说：“办得快。”');

  const figure = page.locator('article a[href$="/figures/encounters"]');
  const sum = (await page.locator('table.season a').first().textContent()) ?? '';
  await figure.click();
  await expect(page.locator('.opened')).toContainText('与简报的数字一致');
  await expect(page.locator('.opened strong')).toHaveText(sum);
  await axe(page);
  await page.getByRole('link', { name: '回到简报' }).click();

  const committee = await visitor();
  await signIn(committee, demo, demo.committee);
  await committee.goto(step(demo, 'bulletin'));
  await expect(committee.locator('main')).toContainText('还没有签发');

  await page.goto(step(demo, 'live'));
  await page.getByRole('button', { name: '收市', exact: true }).click();
  await page.goto(step(demo, 'bulletin'));
  await page.getByRole('button', { name: '签发并归档' }).click();
  await expect(page.locator('.head .chip')).toHaveText('已签发，数字不再变');
  const head = (await page.locator('.fingerprint').first().textContent()) ?? '';
  expect(head).toMatch(/^[0-9a-f]{64}$/);
  await expect(page.getByRole('link', { name: '改文字' })).toHaveCount(0);
  await axe(page);
  const text = await page.request.get(`${step(demo, 'bulletin')}/copies/bulletin.txt`);
  expect(await text.text()).toContain(head);

  // A phone that was offline comes in: the text stays, a correction tells the difference.
  await served(await visitor(), demo, 'late-after-all', 3);
  await page.reload();
  await expect(page.locator('table.season a').first()).toHaveText(sum);
  await page.getByLabel('更正的原因').fill('2号摊的手机收市后才连上网');
  await page.getByRole('button', { name: '发更正' }).click();
  await expect(page.locator('.issued')).toContainText('第 1 号更正');
  await expect(page.locator('.issued')).toContainText(`${sum} → ${Number(sum) + 3}（+3）`);
  await axe(page);

  await page.getByRole('link', { name: '各单位的感谢页' }).click();
  await expect(page.locator('article.thanks').first()).toContainText('感谢');
  await axe(page);

  await committee.reload();
  await expect(committee.locator('article')).toContainText('热闹的一天');
  await expect(committee.locator('.issued')).toContainText('第 1 号更正');
  await expect(committee.locator('article a')).toHaveCount(0); // a committee sees totals
  await expect(committee.getByRole('button')).toHaveCount(2); // language and leaving
  await axe(committee);
  await committee.setViewportSize({ width: 390, height: 844 });
  await axe(committee);
  const wide = await committee.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});
