// A room by the hour: made by the desk, booked by a resident without a script, seen at the desk, given back.
import type { Page } from '@playwright/test';
import { expect, test } from '../setup/story';
import { signIn } from '../setup/sign-in';

// What is refused is an error on the console too: a form that is wrong, a time that is gone, a page that is not for the street.
test.use({ expected: [/status of (403|409|422)/] });

const everybody = { tag: ['@phone', '@noscript'] };

/** A room of one place, open every day from nine to six; answers its name and the public page. */
async function room(desk: Page): Promise<[string, string]> {
  const name = `会客厅${Date.now() % 1_000_000}`;
  await desk.goto('/o/resources/new');
  await desk.getByLabel('名称').fill(name);
  await desk.getByLabel('在哪里').fill('一楼大厅东侧');
  await desk.getByLabel('节假日和调休').selectOption({ label: '只按星期几，节假日照常' });
  await desk.getByRole('button', { name: '保存' }).click();
  await expect(desk.getByRole('link', { name })).toBeVisible();
  await desk.goto('/o/bookings');
  const open = await desk.getByRole('link', { name: '居民看到的页面' }).getAttribute('href');
  return [name, open!];
}

/** Goes to the first time of a day that has not begun and answers the day: in the evening the first free day is tomorrow. */
async function toAFreeTime(phone: Page, list: string, name: string): Promise<string> {
  await phone.goto(list);
  await phone.getByRole('link', { name }).click();
  await phone.getByRole('link', { name: '有空' }).nth(2).click();
  await expect(phone).toHaveURL(/day=/);
  const day = new URL(phone.url()).searchParams.get('day')!;
  await phone.getByRole('link', { name: '09:00–10:00' }).click();
  return day;
}

test('a room is booked without a script, met at the desk, and given back for another', everybody, async ({ page, visitor, demo, axe }) => {
  const desk = await visitor();
  await signIn(desk, demo);
  const [name, list] = await room(desk);
  await axe(desk);

  const late = await visitor();
  await toAFreeTime(late, new URL(list, demo.base).href, name);

  const day = await toAFreeTime(page, list, name);
  await axe(page);
  await page.getByRole('button', { name: '就约这个时段' }).click();
  await expect(page.getByText('等您来')).toBeVisible();
  const code = await page.locator('.code-big').innerText();
  expect(code).toMatch(/^[0-9A-Z]{6}$/);
  await axe(page);
  // Loading the page again books nothing twice.
  await page.reload();
  await expect(page.getByText(code).first()).toBeVisible();

  await late.getByRole('button', { name: '就约这个时段' }).click();
  await expect(late.getByText('刚刚被别人约走了')).toBeVisible();

  await desk.goto(`/o/bookings?day=${day}`);
  const line = desk.getByRole('row', { name: code });
  await expect(line).toContainText('09:00–10:00');
  await expect(line).toContainText('等着');
  await axe(desk);

  // From another phone, by the six characters.
  const other = await visitor();
  await other.goto(new URL(list, demo.base).href);
  await other.getByRole('textbox').fill(code.toLowerCase());
  await other.getByRole('button', { name: '找我的预约' }).click();
  await expect(other.getByText('等您来')).toBeVisible();

  await page.getByRole('button', { name: '不来了，取消预约' }).click();
  await expect(page.getByText('已经取消')).toBeVisible();
  await toAFreeTime(late, new URL(list, demo.base).href, name);
  await late.getByRole('button', { name: '就约这个时段' }).click();
  await expect(late.getByText('等您来')).toBeVisible();
});

test('what the desk types wrong stays typed, and a paused room takes no bookings', async ({ page, visitor, demo, axe }) => {
  await signIn(page, demo);
  const [name, list] = await room(page);
  await page.goto('/o/resources');
  await page.getByRole('link', { name }).click();
  await page.getByLabel('星期一').fill('9 到 12 点');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert')).toContainText('开放时间看不懂');
  await expect(page.getByLabel('星期一')).toHaveValue('9 到 12 点');
  await axe(page);

  await page.goto('/o/resources');
  await page.getByRole('row', { name }).getByRole('button', { name: '暂停预约' }).click();
  const phone = await visitor();
  await phone.goto(new URL(list, demo.base).href);
  await expect(phone.getByRole('listitem').filter({ hasText: name })).toContainText('暂时不能约');

  const committee = await visitor();
  await signIn(committee, demo, demo.committee);
  const refused = await committee.goto(`${demo.base}/o/resources`);
  expect(refused?.status()).toBe(403);
  await expect(committee.getByText(name)).toHaveCount(0);
  await axe(committee);
});
