// At a stall: the +1 pad with and without scripts, through a lost network; an appeal raised and settled; the desk.
import { expect, test, type Addresses } from '../setup/story';
import { signIn, step } from '../setup/sign-in';
import type { APIRequestContext, Page } from '@playwright/test';

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

// Whatever is told above, every key can be pressed without scrolling.
for (const viewport of [{ width: 390, height: 844 }, { width: 360, height: 640 }]) {
  test(`every key is at hand at ${viewport.width} × ${viewport.height}, with two things told at once`, { tag: '@phone-only @phone' }, async ({ page, demo, axe }) => {
    const told = ['雷雨预警：请收好伞架和展板，等通知。', '12号摊移到了连廊东侧，请从北门进出。'];
    await page.route('**/api/call/tally/told', (route) => route.fulfill({ json: told }));
    await page.setViewportSize(viewport);
    await page.goto(pad(demo, '4'));
    await expect(page.locator('.told-lines p')).toHaveCount(2, { timeout: 15_000 });
    const covered = await page.evaluate(() =>
      [...document.querySelectorAll('.key, .plea > summary, .kinds label')].flatMap((key) => {
        const { left, top, width, height } = key.getBoundingClientRect();
        const seen = [0.15, 0.5, 0.85].every((part) => key.contains(document.elementFromPoint(left + width / 2, top + height * part)));
        return seen && height >= 44 ? [] : [`${key.textContent!.trim()}: ${top.toFixed()}–${(top + height).toFixed()}`];
      }),
    );
    expect(covered).toEqual([]);
    await axe(page);
  });
}

test.describe('the pad survives', () => {
  test.use({ expected: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 404|status of 500|404: .*tally.send|500: .*tally.send/] });

  test('a page opened once opens without a network, and what was tapped is still there', { tag: '@phone-only @phone' }, async ({ page, request, demo, axe, context }) => {
    const staff = () => served(request, demo, '8');
    const before = await staff();
    await page.goto(pad(demo, '8'));
    await expect(page.locator('.line')).toContainText('在线');
    await kept(page);
    await context.setOffline(true);
    for (let nth = 0; nth < 3; nth++) await page.locator('.plus').tap();
    await expect(page.locator('.line')).toContainText('3 条待上传');
    await page.reload();
    await expect(page.locator('.line')).toContainText('3 条待上传');
    await page.locator('.plus').tap();
    await expect(page.locator('.line')).toContainText('4 条待上传');
    await page.locator('.text summary').click();
    await expect(page.locator('.text pre')).toContainText('#4');
    await axe(page);
    await page.locator('.plea summary').click();
    await page.getByRole('button', { name: '咨询 交办' }).click();
    await expect(page.locator('.failed')).toContainText('请写在纸上');
    await page.locator('.plea summary').click();
    await context.setOffline(false);
    await expect(page.locator('.line')).toContainText('都已上传', { timeout: 15_000 });
    await expect.poll(staff).toBe(before + 4);
  });

  test('two pages of one phone share one journal: nothing twice, no number lost', { tag: '@phone-only @phone' }, async ({ page, request, demo, context }) => {
    const staff = () => served(request, demo, '9');
    const before = await staff();
    const twin = await context.newPage();
    await page.goto(pad(demo, '9'));
    await twin.goto(pad(demo, '9'));
    await expect(page.locator('.line')).toContainText('在线');
    await expect(twin.locator('.line')).toContainText('在线');
    await context.setOffline(true);
    for (let nth = 0; nth < 4; nth++) {
      await page.locator('.plus').tap();
      await twin.locator('.plus').tap();
    }
    await expect(twin.locator('.line')).toContainText('8 条待上传');
    expect((await numbers(page)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await context.setOffline(false);
    await expect(page.locator('.line')).toContainText('都已上传', { timeout: 15_000 });
    await expect.poll(staff).toBe(before + 8);
    await twin.close();
  });

  test('a full phone says so once, goes on in memory, and sends', { tag: '@phone-only @phone' }, async ({ page, request, demo, axe }) => {
    const staff = () => served(request, demo, '10');
    const before = await staff();
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await page.goto(pad(demo, '10'));
    await expect(page.locator('.unkept')).toContainText('手机存不下了');
    await axe(page);
    await page.locator('.plus').tap();
    await page.locator('.plus').tap();
    await expect.poll(staff).toBe(before + 2);
    await expect(page.locator('.line')).toContainText('都已上传');
  });

  test('a browser without the base keeps the journal in its storage', { tag: '@phone-only @phone' }, async ({ page, request, demo, context }) => {
    const staff = () => served(request, demo, '11');
    const before = await staff();
    await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: null }));
    await page.goto(pad(demo, '11'));
    await expect(page.locator('.line')).toContainText('在线');
    await kept(page);
    await context.setOffline(true);
    await page.locator('.plus').tap();
    await expect(page.locator('.line')).toContainText('1 条待上传');
    await page.reload();
    await expect(page.locator('.line')).toContainText('1 条待上传');
    await context.setOffline(false);
    await expect.poll(staff, { timeout: 15_000 }).toBe(before + 1);
  });

  test('what the server refuses waits for a person: sent again, or put away with a reason', { tag: '@phone-only @phone' }, async ({ page, request, demo, axe }) => {
    const staff = () => served(request, demo, '12');
    const before = await staff();
    let refuse = true;
    await page.route('**/api/call/tally/send', async (route) => {
      const records: { id: string }[] = route.request().postDataJSON().records;
      if (!refuse || records.length === 0) return route.continue();
      const receipts = records.map(({ id }) => ({ id, result: 'refused', why: 'not_possible' }));
      return route.fulfill({ json: { receipts, today: { served: before, talks: 0 }, now: Date.now() } });
    });
    await page.goto(pad(demo, '12'));
    await expect(page.locator('.line')).toContainText('在线');
    await page.locator('.plus').tap();
    await page.locator('.plus').tap();
    await expect(page.locator('.refused')).toHaveCount(2);
    await axe(page);
    refuse = false;
    await page.locator('.refused').first().getByRole('button', { name: '再送一次' }).click();
    await page.locator('.refused').first().getByRole('button', { name: '按错了，不要' }).click();
    await expect(page.locator('.refused')).toHaveCount(0);
    await expect.poll(staff).toBe(before + 1);
  });

  test('a revoked phone keeps its records and shows why; the organizer sees what is missing', { tag: '@phone-only @phone' }, async ({ page, demo, axe, context, visitor }) => {
    await page.goto(pad(demo, '13'));
    await expect(page.locator('.line')).toContainText('在线');
    await page.locator('.plus').tap();
    await expect(page.locator('.line')).toContainText('都已上传');
    const desk = await visitor();
    await signIn(desk, demo);
    await desk.goto(step(demo, 'devices'));
    await axe(desk);
    const row = desk.locator('table.devices tr').filter({ hasText: '摊位 13' });
    await row.getByRole('button', { name: '停用' }).click();
    await expect(desk.locator('table.devices tr').filter({ hasText: '摊位 13' })).toContainText('已停用');
    await page.locator('.plus').tap();
    await expect(page.locator('.line')).toContainText('这台手机已停用');
    await expect(page.locator('.line')).toContainText('1 条待上传');
    await expect(page.locator('.text')).toBeVisible();
    await axe(page);
  });
});

// The worker has taken the page over and has it on its shelf.
async function kept(page: Page) {
  await expect.poll(() => page.evaluate(() => caches.match(location.pathname).then((found) => !!found))).toBe(true);
}

// The numbers of the records that wait on this phone.
async function numbers(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise((tell) => {
        indexedDB.open('kaishi').onsuccess = (event) => {
          const base = (event.target as IDBOpenDBRequest).result;
          base.transaction('pad').objectStore('pad').getAll().onsuccess = (found) => {
            const texts: string[] = (found.target as IDBRequest).result;
            tell(texts.flatMap((text) => JSON.parse(text).waiting.map((record: { seq: number }) => record.seq)));
          };
        };
      }),
  );
}

test('a phone is let in by its PIN, and the desk keys in paper and counts the crowd', async ({ page, demo, axe, visitor }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'devices'));
  const row = page.locator('tr').filter({ hasText: '摊位 14' }).last();
  await row.getByRole('button', { name: '要求 PIN' }).click();
  const door = page.locator('tr').filter({ hasText: '摊位 14' }).last();
  const pin = await door.locator('.pin').innerText();
  await axe(page);
  const phone = await visitor();
  await phone.goto(pad(demo, '14'));
  await expect(phone.locator('h1')).toHaveText('输入 PIN');
  await axe(phone);
  await phone.getByLabel('四位 PIN').fill(pin);
  await phone.getByRole('button', { name: '进入' }).click();
  await expect(phone.locator('.line')).toContainText('在线');
  await door.getByRole('link', { name: '二维码' }).click();
  await expect(page.locator('.enrol svg')).toBeVisible();
  await axe(page);
  await page.goto(step(demo, 'devices'));
  await page.locator('tr').filter({ hasText: '摊位 14' }).last().getByRole('button', { name: '取消 PIN' }).click();

  await page.goto(step(demo, 'paper'));
  await page.getByLabel('咨询').fill('12');
  await page.getByLabel('谁数的（写职务，不写姓名）').fill('摊位志愿者');
  await page.getByLabel('从').fill('09:00');
  await page.getByLabel('到').fill('10:00');
  await page.getByRole('button', { name: '记入台账' }).click();
  await expect(page.locator('.batches')).toContainText('已计入');
  await axe(page);
  await page.locator('.batches summary').first().click();
  await page.getByLabel('撤回的原因').fill('看错行了');
  await page.locator('.batches').getByRole('button', { name: '撤回这张' }).click();
  await expect(page.locator('.batches')).toContainText('已撤回');
  await page.getByRole('link', { name: '打印登记表' }).click();
  await expect(page.locator('.tally').first()).toBeVisible();
  await axe(page);

  await page.goto(step(demo, 'crowd'));
  await page.getByLabel('门或分区').fill('东门');
  // The demo's market is open around now, and no count begins before its day.
  const now = Math.floor(Date.now() / 60_000) + 480;
  const clock = (minute: number) => new Date(minute * 60_000).toISOString().slice(11, 16);
  await page.getByLabel('从').fill(clock(Math.max(now - 20, now - (now % 1440))));
  await page.getByLabel('到').fill(clock(now));
  await page.getByLabel('进（或在场）').fill('55');
  await page.getByRole('button', { name: '记下' }).click();
  await expect(page.locator('.batches').first()).toContainText('抽样推算 1 次');
  await axe(page);
  await page.getByRole('button', { name: '去掉' }).click();
  await expect(page.locator('main')).toContainText('还没有数过');
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
  await page.locator('label[for=grade-satisfied]').click();
  await page.getByRole('button', { name: '交评价' }).click();
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
  await page.getByRole('link', { name: code, exact: true }).click();
  await page.getByRole('button', { name: '受理', exact: true }).click();
  await page.locator('summary', { hasText: '派单' }).click();
  await axe(page);
  await page.locator('details[open] button').click();
  await expect(page.locator('.stands')).toContainText('等接单');
});
