// At a stall: the +1 pad with and without scripts, through a lost network; an appeal raised and settled; the desk.
import { expect, test, type Addresses } from '../setup/story';
import { signIn, step } from '../setup/sign-in';
import type { APIRequestContext } from '@playwright/test';

// Stories run side by side: a stall of its own has exact figures, the market's can only grow.
async function served(request: APIRequestContext, demo: Addresses, no: string): Promise<number> {
  const stalls: { no: string; encounters: number }[] = (await counts(request, demo)).stalls;
  return stalls.find((one) => one.no === no)!.encounters;
}

async function counts(request: APIRequestContext, demo: Addresses) {
  return (await request.get(demo.counts)).json();
}

function pad(demo: Addresses, no: string): string {
  return demo.staff.find((one) => one.no === no)!.url;
}

test.describe('with scripts', () => {
  test.use({ expected: [/ERR_INTERNET_DISCONNECTED/] });
  test('taps count on the way down, survive a lost network and a reload', { tag: '@phone-only @phone' }, async ({ page, request, demo, axe, context }) => {
    const staff = () => served(request, demo, '5');
    const before = await staff();
    await page.goto(pad(demo, '5'));
    await expect(page.locator('.line')).toContainText('在线');
    await axe(page);
    await page.locator('.plus').tap();
    await page.getByRole('button', { name: '+10' }).tap();
    await page.getByRole('button', { name: '撤销 +10' }).tap();
    await page.locator('.plus').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.line')).toContainText('都已上传');
    await expect.poll(staff).toBe(before + 2);

    await context.setOffline(true);
    await page.locator('.plus').tap();
    await page.locator('.plus').tap();
    await expect(page.locator('.line')).toContainText('2 条待上传');
    await expect(page.locator('.line')).toContainText('照常按，不会丢');
    await axe(page);
    await context.setOffline(false);
    await expect(page.locator('.line')).toContainText('都已上传', { timeout: 15_000 });
    await expect.poll(staff).toBe(before + 4);
    const today = await page.locator('.today b').innerText();
    await page.reload();
    await expect(page.locator('.today b')).toHaveText(today);
  });
});

test('an appeal at the stall takes two taps and gives its code', { tag: '@phone-only @phone @noscript' }, async ({ page, request, demo, axe, javaScriptEnabled }) => {
  const before = (await counts(request, demo)).appeals;
  await page.goto(pad(demo, '6'));
  if (javaScriptEnabled) await expect(page.locator('.line')).toContainText('在线');
  await page.locator('.plea summary').click();
  await axe(page);
  await page.getByRole('button', { name: '咨询 现场办结' }).click();
  await expect(page.locator('.told')).toContainText('已记下并办结');
  const after = (await counts(request, demo)).appeals;
  expect(after.raised).toBeGreaterThan(before.raised);
  expect(after.settled_on_spot).toBeGreaterThan(before.settled_on_spot);
  await page.getByRole('link', { name: '给居民看二维码' }).click();
  await expect(page.locator('h1')).toContainText('已收到');
  await axe(page);
  await page.getByRole('link', { name: '看进度' }).click();
  await axe(page);
  await page.getByRole('button', { name: '满意', exact: true }).click();
  await expect(page.locator('body')).toContainText('谢谢您的评价');
  expect((await counts(request, demo)).appeals.confirmed).toBeGreaterThan(before.confirmed);
});

test('without scripts the pad is a plain form', { tag: '@noscript-only @noscript' }, async ({ page, request, demo, axe }) => {
  const before = await served(request, demo, '7');
  await page.goto(pad(demo, '7'));
  await axe(page);
  await page.locator('label[for=kind-handle]').click();
  await page.locator('.plus').click();
  await expect(page.locator('#kind-handle')).toBeChecked();
  await page.getByRole('button', { name: '+5' }).click();
  await page.getByRole('button', { name: '撤销 +5' }).click();
  expect(await served(request, demo, '7')).toBe(before + 1);
});

test('the desk accepts an appeal and sends it on', async ({ page, visitor, demo, axe }) => {
  const resident = await visitor();
  await resident.goto(`${demo.stalls.find((one) => one.no === '4')!.url}/appeal`);
  await resident.locator('label[for=kind-complaint]').click();
  await resident.locator('textarea').fill('夜里太吵');
  await resident.getByRole('button', { name: '提交' }).click();
  const code = resident.url().match(/-([0-9A-Z]{6})/)![1];

  await signIn(page, demo);
  await page.goto(step(demo, 'appeals'));
  await axe(page);
  const card = page.locator(`li[id="${code}"]`);
  await card.getByRole('button', { name: '受理' }).click();
  await card.locator('summary', { hasText: '派单' }).click();
  await axe(page);
  await card.locator('details[open] button').click();
  await expect(card.locator('.standing')).toContainText('等接单');
});
