// The season: a month at a glance, several Saturdays in one step, worked Saturdays, a calendar to subscribe to.
import { expect, test } from '../setup/story';
import { signIn } from '../setup/sign-in';

const everywhere = { tag: ['@phone', '@noscript'] };

test('a worked Saturday is marked with its reason, and no day is lost on a phone', everywhere, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/month/2026-10`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2026');
  // In the table a sign, on a phone a line of the list: one of the two is to be seen.
  const worked = page.locator('table.month td, .month-list li').filter({ hasText: '调休上班（国庆节）' });
  await expect(worked.locator('visible=true').first()).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: '放假安排' }).click();
  await expect(page.locator('main')).toContainText('国庆');
  await axe(page);
  await page.goto(`${demo.base}/o/units/season`);
  await expect(page.locator('main')).toContainText('福中社区党委');
  await axe(page);
});

test('list and month are one click apart, and messages say that they are off', everywhere, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  const views = page.getByRole('navigation', { name: '怎么看' });
  await expect(views.getByRole('link', { name: '清单' })).toHaveAttribute('aria-current', 'page');
  await axe(page);
  await views.getByRole('link', { name: '月历' }).click();
  await expect(page).toHaveURL(/\/o\/month\/\d{4}-\d\d$/);
  await expect(views.getByRole('link', { name: '月历' })).toHaveAttribute('aria-current', 'page');
  await views.getByRole('link', { name: '清单' }).click();
  await page.getByRole('link', { name: '消息推送' }).click();
  await expect(page.getByRole('status')).toContainText('没有开通推送');
  await axe(page);
});

test('two Saturdays are made in one step, each with its map', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/series?many=2&from=2027-03-06`);
  const days = page.locator('input[name=day]');
  await expect(days).toHaveCount(2);
  await axe(page);
  await page.getByRole('button', { name: '建这些周六' }).click();
  await expect(page.locator('main')).toContainText('建好了');
  await axe(page);
  await page.goto(`${demo.base}/o/month/2027-03`);
  await expect(page.locator('table.month a[href*="/o/m/"]').first()).toBeVisible();
  await page.goto(`${demo.base}/o/series?many=2&from=2027-03-06`);
  await expect(page.locator('main')).toContainText('有市集，跳过');
});

test('a calendar is subscribed to until its address is revoked', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/feed`);
  await page.getByRole('button', { name: '生成订阅地址' }).click();
  const address = await page.locator('a[href*="/calendar.ics"]').first().getAttribute('href');
  const feed = (address ?? '').replace(/^webcals?:/, 'http:');
  const known = await page.request.get(feed);
  expect(known.headers()['content-type']).toContain('text/calendar');
  expect(await known.text()).toMatch(/^BEGIN:VCALENDAR[\s\S]*BEGIN:VEVENT[\s\S]*END:VCALENDAR/);
  await axe(page);
  await page.getByRole('button', { name: '停用这个地址' }).click();
  await expect(page.locator('main')).toContainText('还没有订阅地址');
  expect((await page.request.get(feed)).status()).toBeGreaterThanOrEqual(400);
});
